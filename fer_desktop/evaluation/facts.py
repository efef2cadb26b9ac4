"""What holds for every network trained on FER-2013, in the words of its card."""

from typing import Final

from fer_desktop.core.model_card import CardContent

TRAINED_HERE: Final[dict[str, list[str]]] = {
    "data": [
        (
            "FER-2013 (ICML 2013 challenge): grey faces of 48x48 px that were found on the web by search words; "
            "28,709 to train on, 3,589 in public_test, 3,589 in private_test. Only 34,034 of the 35,887 are "
            "distinct: figures are given with and without the test pictures that have a pixel-identical copy in "
            "the training split."
        ),
        (
            "Two sets of labels: FER-2013's own, one a picture, and the votes of FER+, ten a picture. They name "
            "the same expression on 66 % of the 33,500 pictures on which FER+'s voters have one winner among the "
            "seven (most votes over all ten columns, ties dropped). No single output can be right on both, so "
            "there are two."
        ),
        (
            "All was chosen on public_test: network, epoch, temperatures, thresholds. private_test was used for "
            "nothing but the figures here."
        ),
    ],
    "licence": [
        (
            "FER-2013's pictures carry no licence text. They were published for a research contest, and who holds "
            "the rights in each of them is not known. FER+'s votes: MIT (Microsoft)."
        ),
        (
            "No picture of FER-2013 comes with this file. Whether a network may be sold that learnt from such "
            "pictures is not settled: take advice before you do."
        ),
    ],
    "known_biases": [
        (
            "The classes are uneven. Of the 28,709 training faces 25.1 % are happy (7,215), 17.3 % neutral, 16.8 "
            "% sad, 14.3 % fear, 13.9 % angry, 11.0 % surprise and 1.5 % disgust (436). What is rare is answered "
            "rarely and found badly."
        ),
        (
            "Many of the faces are posed or acted, picked because a search word named an expression. Faces in a "
            "call show less, and less of it is meant to be seen."
        ),
        (
            "Nobody has counted ages, skins and cultures in FER-2013 for this card. By the look of it there are "
            "few old people and few dark skins. Expect more mistakes on their faces; how many more was not "
            "measured."
        ),
        ("The pictures are small, grey and of 2013: watermarks, drawings and pictures without a face are among them."),
        "What FER+'s voters saw is what strangers made of one still picture. It is not what the person felt.",
    ],
}
ANOTHERS: Final[dict[str, list[str]]] = {
    "data": [
        "What it was trained on is not known here: ask whoever made it.",
    ],
    "licence": [
        "Its licence is not known here.",
    ],
    "known_biases": [
        "A network misreads faces that were rare in its training; which those are is not known here.",
    ],
}
NOT_FOR: Final[list[str]] = [
    "Marking, ranking or watching single persons.",
    "Decisions about anybody: hiring, grades, credit, health, guilt.",
    "Education and work in the EU and EEA, where Article 5(1)(f) of the AI Act forbids it.",
    "Saying what somebody feels, thinks, means or understands. It says what a face shows to a stranger.",
]
# By the network's name, for those that start from pretrained weights.
_BEGAN_WITH: Final[dict[str, dict[str, list[str]]]] = {
    "mobilenet": {
        "data": [
            "Before FER-2013 its trunk was Google's MobileNet (1.0, up to its twelfth block), trained on ImageNet."
        ],
        "licence": ["MobileNet's weights: Apache-2.0 (Google)."],
    }
}


def facts_of(content: CardContent) -> dict[str, list[str]]:
    """What a network's card says besides its figures, by section."""
    facts = {**(TRAINED_HERE if content.is_of_fer_2013 else ANOTHERS), "not_for": NOT_FOR}
    began_with = _BEGAN_WITH.get(str(content.recipe.get("network", "")), {})
    return {name: [*sentences, *began_with.get(name, [])] for name, sentences in facts.items()}
