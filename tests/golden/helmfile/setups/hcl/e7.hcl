values {
  a = 1
  x = upper(1, 2)
}
