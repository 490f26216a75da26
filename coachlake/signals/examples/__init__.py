"""The project's own labelled examples: a file a question asked of a sentence, `moments` over all lines of business."""
