"""The app: dashboards, call pages, packs, reviews. Reads the schema `published`; writes what people enter."""
