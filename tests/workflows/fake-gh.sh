#!/usr/bin/env bash
# Plays `gh api`: sends the request to the server in GITHUB_API_URL, follows pages, and prints the answers as gh does.
set -euo pipefail
[ "$1" = api ] || { echo "gh $1 is not played" >&2; exit 9; }
shift
method=GET input='' path='' paginate='' silent=''
while [ $# -gt 0 ]; do
  case "$1" in
    --method) method=$2; shift ;;
    --input) input=$2; shift ;;
    --paginate) paginate=1 ;;
    --silent) silent=1 ;;
    -*) echo "gh does not know $1" >&2; exit 9 ;;
    *) path=$1 ;;
  esac
  shift
done
answer=$(mktemp -d)
trap 'rm -r "$answer"' EXIT
next="$GITHUB_API_URL/$path"
while [ -n "$next" ]; do
  status=$(curl -s -X "$method" ${input:+--data-binary "@$input"} -H "Authorization: token $GH_TOKEN" \
    -D "$answer/head" -o "$answer/body" -w '%{http_code}' "$next")
  if [ "$status" -ge 300 ]; then cat "$answer/body"; echo "gh: HTTP $status" >&2; exit 1; fi
  [ -n "$silent" ] || cat "$answer/body"
  next=''
  [ -z "$paginate" ] || next=$(sed -n 's/^link: <\([^>]*\)>; rel="next".*/\1/Ip' "$answer/head")
done
