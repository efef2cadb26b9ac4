"""What a teacher takes home of stored lessons: CSV, XLSX, JSON, Parquet, with what their columns mean."""
