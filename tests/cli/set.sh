#!/bin/sh
# set.sh BUILD: `yare set` as a user runs it: the right file, one line changed, the rest as it was
. tests/cli/lib.inc

mkdir -p p/charts/shop/templates p/env
printf 'apiVersion: v2\nname: shop\nversion: 0.1.0\n' >p/charts/shop/Chart.yaml
printf 'replicas: 1\nimage:\n  tag: main\nextra: {}\n' >p/charts/shop/values.yaml
cat >p/helmfile.yaml <<'END'
environments:
  prod: {}
---
releases:
  - name: shop
    chart: ./charts/shop
    values:
      - env/common.yaml
      - env/shop.yaml
      - team: edge
END
cat >p/env/common.yaml <<'END'
# for all
logLevel: warn   # not debug
END
cat >p/env/shop.yaml <<'END'
image:
  # pinned
  tag: "1.0"   # by release

  digest: ''
replicas: 3
END
cp -R p fresh

expect set__keeps_comments_and_quotes 0 'cd p && $yare set -e prod shop image.tag=2.0'
has out '-   tag: "1.0"   # by release'
has out '+   tag: "2.0"   # by release'
expect set__the_rest_is_as_it_was 0 'sed "s/1\.0/2.0/" fresh/env/shop.yaml | cmp - p/env/shop.yaml'
expect set__the_file_that_sets_it 0 'cd p && $yare set -e prod shop logLevel=info && cat env/common.yaml'
has out 'logLevel: info   # not debug'
expect set__a_new_key_goes_to_the_last_file 0 'cd p && $yare set -e prod shop extra.a.b=true && tail -n 3 env/shop.yaml >../tail'
same tail 'extra:
  a:
    b: true'
expect set__beside_its_neighbours 0 'cd p && $yare set -e prod shop image.pull=Always && sed -n 5,6p env/shop.yaml >../tail'
same tail "  digest: ''
  pull: Always"
expect set__dry_run_writes_nothing 0 'cd p && cp env/shop.yaml before && $yare set -e prod shop replicas=9 --dry-run && cmp env/shop.yaml before'
has out '+ replicas: 9'
expect set__text_on_request 0 'cd p && $yare set -e prod shop extra.a.b=yes --string'
has out '+     b: "yes"'
expect set__what_the_state_file_sets_is_not_overridden_in_vain 1 'cd p && $yare set -e prod shop team=core'
has err 'helmfile.yaml:10:9'
expect set__a_map_is_not_replaced 1 'cd p && $yare set -e prod shop image=x'
has err "'image' is a list or map of several lines"
expect set__not_an_assignment 1 'cd p && $yare set -e prod shop replicas'
has err "'replicas' is not KEY=VALUE"
expect set__chart_by_itself 0 'cd fresh && $yare set charts/shop extra.x="[1, 2]" && tail -n 2 charts/shop/values.yaml >../tail'
same tail 'extra:
  x: [1, 2]'
expect set__named_file 0 'cd fresh && $yare set -e prod shop --file env/common.yaml replicas=4 && tail -n 1 env/common.yaml >../tail'
same tail 'replicas: 4'

totals
