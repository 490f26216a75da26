"""What every part of the policy gives back."""

from coachlake.practice.customer.acts import CustomerAct
from coachlake.practice.customer.state import CustomerState

# The next state, and what the customer does.
Step = tuple[CustomerState, list[CustomerAct]]
