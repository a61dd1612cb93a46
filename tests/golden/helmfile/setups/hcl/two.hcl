locals {
  file = "two"
}
values {
  fromTwo = local.file
  nested  = { a = { d = "added" }, more = [1] }
}
