#!/bin/bash
# One role and one database for each service, from DATABASE_PASSWORD_<SERVICE>. The image runs it on an empty volume;
# run it again after adding a service or changing a password: it changes what is there.
set -euo pipefail

for variable in $(compgen -e DATABASE_PASSWORD_); do
  name=${variable#DATABASE_PASSWORD_}
  psql -q -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
    -v name="${name,,}" -v password="${!variable}" <<'SQL'
SELECT format('CREATE ROLE %I LOGIN', :'name')
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name') \gexec
ALTER ROLE :"name" PASSWORD :'password';
SELECT format('CREATE DATABASE %I OWNER %I', :'name', :'name')
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
done
