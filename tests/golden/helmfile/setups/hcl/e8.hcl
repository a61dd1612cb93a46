values {
  a = 1
  x = hv.a.b
}
