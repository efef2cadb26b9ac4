"""The seven expressions of FER-2013 and their order everywhere in the program."""

from typing import Final

# The order of FER-2013's labels 0-6, and so of every array of seven in the program.
EXPRESSIONS: Final = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
N_EXPRESSIONS: Final = len(EXPRESSIONS)

ANGRY, DISGUST, FEAR, HAPPY, SAD, SURPRISE, NEUTRAL = range(N_EXPRESSIONS)

# From below in the stacked share of the class: the upper edge of surprise divides pleasant from unpleasant.
STACK_ORDER: Final = (NEUTRAL, HAPPY, SURPRISE, SAD, FEAR, ANGRY, DISGUST)
