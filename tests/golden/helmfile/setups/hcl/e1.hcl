values {
  a = 1
  x = hv.y
}
