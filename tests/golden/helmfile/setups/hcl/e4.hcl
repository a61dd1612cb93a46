values {
  a = 1
  x = hv.x
}
