#!/bin/bash
# Run once by the PostgreSQL image on an empty volume: one database and one role per service, and nobody
# may connect to another's. Passwords come from the environment and are stored as SCRAM verifiers.
set -euo pipefail

for service in intake review notification catalog; do
  password="KCITY_${service^^}_DATABASE_PASSWORD"
  psql --no-psqlrc --quiet --username "$POSTGRES_USER" --dbname postgres \
    --set ON_ERROR_STOP=1 --set service="$service" --set password="${!password}" <<'SQL'
SET password_encryption = 'scram-sha-256';
CREATE ROLE :"service" LOGIN PASSWORD :'password';
CREATE DATABASE :"service" OWNER :"service";
REVOKE ALL ON DATABASE :"service" FROM PUBLIC;
SQL
done

psql --no-psqlrc --quiet --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 \
  --command 'REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC'
