//! Whole pages through the importer.
