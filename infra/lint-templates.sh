#!/usr/bin/env bash
# Holds templates against CloudFormation's own rules: those that `npm run synth` wrote, and the least and the largest
# that there can be. Python's cfn-lint is fetched for it, once.
set -euo pipefail
cd "$(dirname "$0")/.."
tools="${TMPDIR:-/tmp}/throughline-cfn-lint-1.58.0"
if [ ! -x "$tools/bin/cfn-lint" ]; then
  python3 -m venv "$tools"
  "$tools/bin/pip" install --quiet --disable-pip-version-check cfn-lint==1.58.0
fi
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
node_modules/.bin/node test/infra/print-templates.ts "$folder"
# W3005: CDK says twice what comes after what.
"$tools/bin/cfn-lint" --ignore-checks W3005 --template "$folder"/*.json cdk.out/*.template.json
echo 'cfn-lint: no errors'
