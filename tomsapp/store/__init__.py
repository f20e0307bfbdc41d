"""The only place with SQL: rows, migrations, repositories, backup."""
