#!/bin/sh
# What a package rests on, as CycloneDX: sh bench/sbom.sh dist/pincite-….whl pincite.cdx.json
# It is installed with all its extras into an environment of its own, and that is listed.
set -eu
wheel="$1"
out="$2"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/shipped"
python3 -m venv "$folder/tools"
"$folder/tools/bin/pip" install --quiet cyclonedx-bom
"$folder/tools/bin/pip" --python "$folder/shipped/bin/python" install --quiet \
  "$wheel[ingest,publish,archive]"
"$folder/tools/bin/cyclonedx-py" environment --pyproject "$(dirname "$0")/../pyproject.toml" \
  --output-reproducible --of JSON -o "$out" "$folder/shipped/bin/python"
