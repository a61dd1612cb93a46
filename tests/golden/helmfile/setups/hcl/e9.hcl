values {
  a = 1
  x 1
}
