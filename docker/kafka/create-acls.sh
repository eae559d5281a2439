#!/usr/bin/env bash
# Gives each Kafka principal what acls.csv says, and nothing else: the engine, each department, operations.
# Usage: create-acls.sh BOOTSTRAP_SERVER ADMIN_PROPERTIES
#   ADMIN_PROPERTIES: client settings of somebody who may alter the cluster (security.protocol, sasl.mechanism, …).
#   KAFKA_ACLS: the program to call, by default the kafka-acls.sh of the image apache/kafka.
# Running it again changes nothing. It takes nothing away: list with --list, remove with --remove.
set -euo pipefail

if [ $# -ne 2 ]; then
  sed -n '2,6s/^# //p' "$0" >&2
  exit 2
fi
bootstrap=$1
admin=$2
program=${KAFKA_ACLS:-/opt/kafka/bin/kafka-acls.sh}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

departments=(radiology neurosurgery radiation-oncology gamma-knife medical-physics anaesthesia operating-room
  intensive-care pathology oncology ward follow-up-clinic patient-administration coordination)

allow() {
  local principal=$1 resource=$2 pattern=$3 name=$4 operation
  local operations=()
  for operation in $5; do
    operations+=(--operation "$operation")
  done
  # Its own input: else it would read what is left of the table.
  "$program" --bootstrap-server "$bootstrap" --command-config "$admin" --add \
    --allow-principal "User:$principal" "${operations[@]}" \
    "--$resource" "$name" --resource-pattern-type "$pattern" </dev/null
}

while IFS=, read -r principal resource pattern name operations; do
  if [ "$principal" = "<department>" ]; then
    for department in "${departments[@]}"; do
      allow "$department" "$resource" "$pattern" "${name//<department>/$department}" "$operations"
    done
  else
    allow "$principal" "$resource" "$pattern" "$name" "$operations"
  fi
done < <(tail -n +2 "$here/acls.csv")
