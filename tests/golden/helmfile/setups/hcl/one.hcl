# comment
locals {
  file = "one"
  names = ["a", "b", "c"]
  twice = "${local.file}-${local.file}"
}
/* block
   comment */
values {
  over    = "hcl"
  name    = upper(local.file)
  twice   = local.twice
  all     = local
  sum     = 1 + 2 * 3 - 4 / 2
  rest    = 7 % 3
  neg     = -hv.sum
  big     = 1.5e3
  compare = 3 > 2 && !(1 == 2) || false
  cond    = hv.sum > 3 ? "more" : "less"
  list    = [for n in local.names : "${n}!" if n != "b"]
  index   = [for i, n in local.names : i]
  map     = { for n in local.names : n => upper(n) }
  group   = { for n in local.names : (n == "a" ? "x" : "y") => n... }
  nested  = { a = { b = [1, 2, { c = "deep" }] }, "quoted key" = true, (local.file) = null }
  deep    = hv.nested.a.b[2].c
  splat   = [{ n = 1 }, { n = 2 }][*].n
  text    = "tab\t\"quoted\" \u00e9 $${not} %%{not}"
  here    = <<EOT
line ${local.file}
  indented
EOT
  trimmed = <<-EOT
    one
      two
  EOT
  loop    = "%{ for n in local.names ~}${n},%{ endfor ~}end"
  ifelse  = "%{ if hv.sum > 100 }big%{ else }small%{ endif }"
  join    = join("-", local.names)
  split   = split(",", "a,b,,c")
  format  = format("%s-%03d-%5.2f-%q", "x", 7, 3.14159, "q")
  merged  = merge({ a = 1, b = 2 }, { b = 3 })
  keys    = keys({ z = 1, a = 2 })
  values  = values({ z = 1, a = 2 })
  len     = [length(local.names), length("x" == "x" ? [1] : []), strlen("héllo")]
  max     = max(1, 5, 3)
  flat    = flatten([[1, [2]], 3])
  concat  = concat([1], [2, 3])
  dist    = distinct(["a", "b", "a"])
  sorted  = sort(["c", "a", "b"])
  rev     = [reverselist([1, 2]), strrev("abc")]
  sub     = substr("hello", 1, 3)
  trim    = [trim("xxaxx", "x"), trimprefix("abc", "a"), trimsuffix("abc", "c"), trimspace("  a ")]
  title   = title("hello world")
  look    = lookup({ a = 1 }, "b", "none")
  try     = try(hv.nested.nothing, "fallback")
  can     = can(hv.nested.a)
  json    = jsonencode({ a = [1, "x", true, null] })
  unjson  = jsondecode("{\"a\": [1, 2.5]}")
  regex   = regex("[a-z]+", "123abc")
  regexs  = regexall("([a-z])([0-9])", "a1 b2")
  range   = range(3)
  zip     = zipmap(["a", "b"], [1, 2])
  contain = contains(["a"], "a")
  elem    = element(["a", "b"], 3)
  chunk   = chunklist([1, 2, 3], 2)
  compact = compact(["a", "", "b"])
  coal    = coalesce(null, "x")
  sets    = [setunion(["b"], ["a"]), setintersection(["a", "b"], ["b"]), setsubtract(["a", "b"], ["b"])]
  slice   = slice(["a", "b", "c"], 1, 2)
  indent  = indent(2, "a\nb")
  pow     = pow(2, 10)
  parse   = parseint("ff", 16)
  floor   = [floor(1.7), ceil(1.2), abs(-3), signum(-2), int(2.9)]
  two     = hv.fromTwo
}
