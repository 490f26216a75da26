"""What a number is by what is spoken of, and how many signs such a number has."""

from coachlake.privacy.context import About
from coachlake.privacy.found import Kind

BY_SUBJECT: dict[About, tuple[Kind, int, int]] = {  # kind, fewest and most signs
    "card": ("CARD", 12, 19),
    "card_detail": ("CARD", 3, 8),
    "national_id": ("NATIONAL_ID", 4, 20),
    "bank": ("BANK_ACCOUNT", 5, 34),
    "phone": ("PHONE", 6, 15),
    "birth": ("DATE_OF_BIRTH", 4, 8),
    "postcode": ("ADDRESS", 4, 9),
    "house": ("ADDRESS", 1, 5),
}
