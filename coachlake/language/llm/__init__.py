"""One client for language models: an OpenAI-compatible endpoint, or a transformers model in this process."""
