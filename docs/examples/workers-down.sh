#!/bin/sh
# The workers of a miner that are down, with curl and jq.
# Usage: workers-down.sh POOL ADDRESS     for example: workers-down.sh https://pool.example bc1q...
set -eu
curl --fail-with-body --silent --show-error "$1/api/v1/miners/$2/workers" |
  jq --raw-output '.workers[] | select(.presence.state == "offline") | .name'
