values {
  a = 1
  x = local.none
}
