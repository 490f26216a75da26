"""A stronger judge where one is configured: a local language model or an endpoint, asked within a budget."""
