"""The fact store: schema, batches, migrations, and its way to Parquet and back."""
