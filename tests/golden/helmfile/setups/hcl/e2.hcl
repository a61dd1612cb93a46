values {
  a = 1
  x = nofunc(1)
}
