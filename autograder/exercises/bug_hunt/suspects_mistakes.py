"""What people get wrong when they name planted mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace

from autograder.exercise import Mistake, Step
from autograder.exercises.bug_hunt.line_up import NAMES, names_of, numbers

# The catalogue's hints are for whoever computes a gradient, and here one looks for mistakes.
HINTS = (
    "Choose a prime number of examples, at least 3, and random biases. Use one network with "
    "layers of different sizes, and another with as many hidden units as outputs. Call each "
    "suspect twice. Start with the clear signs: the second call differs, or the answer is right "
    "on one network and wrong on the other. Then look at the factors.",
    "If dW2 is right and dW1 is not, the mistake lies between them. If all ratios dW1/right are "
    "the same number, that number is 1/N (M4). If not, compute the two remaining candidates "
    "yourself: without the slope, and with σ applied once more. A suspect that matches neither "
    "has used a different W2.",
)


def _takes(group: str, **renamed: str) -> dict[str, Step]:
    return {f"{group}_named": names_of(group, renamed)}


def _takes_some(group: str, way: Mapping[str, float], said: str) -> dict[str, Step]:
    """The names of somebody who knows one way of a mistake, and calls the other way `said`."""
    unknown = tuple(numbers(way))

    def names(v: SimpleNamespace) -> list[str]:
        true = [one.parameters for one in getattr(v, group)]
        return [said if each == unknown else NAMES[each] for each in true]

    return {f"{group}_named": names}


MISTAKES = (
    Mistake(
        "M3",
        "two examples",
        _takes("sizes", M3="M2"),
        "your {part} calls a sum a factor of 2. With two examples in the batch, they look the "
        "same.",
        name="a probe with two examples",
        question="For which numbers of examples do 2 and N differ?",
        hints=("For which numbers of examples do 2 and N differ?", *HINTS),
    ),
    Mistake(
        "M4",
        "one example",
        _takes("sizes", M3="right", M4="right", M20="right"),
        "your {part} accepts every mistake in a factor 1/N as right. With only one example "
        "in the batch, such a mistake does not show.",
        name="a probe with one example",
        question="What does dividing by N do when N is 1?",
        hints=("What does dividing by N do when N is 1?", *HINTS),
    ),
    Mistake(
        "M20",
        "biases not looked at",
        _takes("sizes", M20="right"),
        "your {part} finds nothing wrong when only the gradients of the biases are wrong.",
        name="biases that are not checked",
        question="Which of the four gradients does your function compare?",
        hints=("Which of the four gradients does your function compare?", *HINTS),
    ),
    Mistake(
        "M11",
        "layers of different sizes only",
        _takes("factors", M11="right"),
        "your {part} passes a function that forgets to transpose W2 where it is square.",
        name="a probe without a square layer",
        question="Where would a transposed matrix run without an error?",
        hints=("Where would a transposed matrix run without an error?", *HINTS),
    ),
    Mistake(
        "M14",
        "no look at moved weights",
        _takes("factors", M14="right"),
        "your {part} finds nothing wrong when W2 was changed before it was used.",
        name="weights are changed too early, and it goes unnoticed",
        question="Which gradient depends on W2 being unchanged?",
        hints=("Which gradient depends on W2 being unchanged?", *HINTS),
    ),
    Mistake(
        "M6",
        "σ′ left out and σ taken twice alike",
        _takes("factors", M6="M5"),
        "your {part} gives two different mistakes at the sigmoid the same name.",
        name="two mistakes at the sigmoid are mistaken for one",
        question="With the slope left out, what is the ratio to the right gradient?",
        hints=("With the slope left out, what is the ratio to the right gradient?", *HINTS),
    ),
    Mistake(
        "M17",
        "called once",
        _takes("memory", M17="right"),
        "your {part} finds nothing wrong with a function that remembers its last call.",
        name="a probe that calls once",
        question="Is the answer the same when you ask again?",
        hints=("Is the answer the same when you ask again?", *HINTS),
    ),
    *(
        Mistake(
            id,
            slug,
            wrong,
            f"your {{part}} {words}.",
            name=name,
            question=question,
            hints=(question, *HINTS),
        )
        for id, slug, wrong, words, name, question in (
            *(
                (
                    "M2",
                    f"{way} gradients called {said}",
                    _takes_some("sizes", {"scale": scale}, said),
                    f"recognises only one of the two forms of M2; {way} gradients are called "
                    f"{said}",
                    "one of the two factors is not recognised",
                    "Which two numbers can the ratio to the right gradient be for M2?",
                )
                for way, scale in (("halved", 0.5), ("doubled", 2.0))
                for said in ("right", "M14", "M3", "M4")
            ),
            *(
                (
                    "M14",
                    f"rate {rate} called {said}",
                    _takes_some("factors", {"moved": rate}, said),
                    "recognises a W2 that was changed with one learning rate, but not with "
                    f"another; that suspect is called {said}",
                    "one learning rate is taken for granted",
                    "Which of the four gradients tells you that W2 was changed, whatever the "
                    "rate was?",
                )
                for rate in (0.1, 0.3)
                for said in ("right", "M5", "M6", "M11")
            ),
            (
                "M1",
                "sign not looked at",
                _takes("sizes", M1="right"),
                "finds nothing wrong with a gradient of the wrong sign",
                "a comparison without signs",
                "What does your comparison say of 3 and −3?",
            ),
            (
                "M1",
                "sign called a factor",
                _takes("sizes", M1="M2"),
                "calls a wrong sign a factor of 2",
                "a wrong sign is mistaken for a factor",
                "What is the ratio to the right gradient if only the sign is wrong?",
            ),
            (
                "M3",
                "sum and factor swapped",
                _takes("sizes", M3="M2", M2="M3"),
                "gives M2 and M3 each other's names",
                "two names are swapped",
                "Which of the two factors depends on the number of examples?",
            ),
            (
                "M3",
                "sum called a mean taken twice",
                _takes("sizes", M3="M4", M4="M3"),
                "gives M3 and M4 each other's names",
                "two names are swapped",
                "Is a sum over the examples larger or smaller than their mean?",
            ),
            (
                "M4",
                "biases of both kinds",
                _takes("sizes", M4="M20"),
                "calls a gradient that is averaged twice below the output a mistake of the biases",
                "only the biases are looked at",
                "Is dW1 wrong too when only the biases are averaged?",
            ),
            (
                "M20",
                "biases called a mean taken twice",
                _takes("sizes", M20="M4"),
                "calls a mistake of the biases a mean taken twice",
                "only db1 is looked at",
                "Is dW1 wrong too when only the biases are averaged?",
            ),
            (
                "M4",
                "hidden layer not compared",
                {
                    **_takes("sizes", M4="right", M20="right"),
                    **_takes("factors", M5="right", M6="right", M11="right", M14="right"),
                    **_takes("memory", M5="right"),
                },
                "finds nothing wrong as long as dW2 is right",
                "only dW2 is compared",
                "Which of the four gradients does your function compare?",
            ),
            (
                "M11",
                "transpose called moved weights",
                _takes("factors", M11="M14"),
                "calls a matrix that is not transposed a W2 that was changed",
                "a transpose is mistaken for changed weights",
                "Which of the two mistakes goes away when the layers differ in size?",
            ),
            (
                "M14",
                "moved weights called a transpose",
                _takes("factors", M14="M11"),
                "calls a W2 that was changed a matrix that is not transposed",
                "changed weights are mistaken for a transpose",
                "Which of the two mistakes goes away when the layers differ in size?",
            ),
            (
                "M5",
                "slope left out called moved weights",
                {**_takes("factors", M5="M14"), **_takes("memory", M5="M14")},
                "calls a slope that is left out a W2 that was changed",
                "a missing slope is mistaken for changed weights",
                "With the slope left out, what is the ratio to the right gradient?",
            ),
            (
                "M6",
                "σ taken twice called moved weights",
                _takes("factors", M6="M14"),
                "calls a sigmoid that is taken twice a W2 that was changed",
                "a sigmoid taken twice is mistaken for changed weights",
                "What do you get if you compute the gradient with σ applied once more?",
            ),
            (
                "M5",
                "the two mistakes at the sigmoid swapped",
                {
                    **_takes("factors", M5="M6", M6="M5"),
                    **_takes("memory", M5="M6"),
                },
                "gives M5 and M6 each other's names",
                "two names are swapped",
                "Which of the two makes the gradient larger?",
            ),
            (
                "M6",
                "σ taken twice not seen",
                _takes("factors", M6="right"),
                "finds nothing wrong when the sigmoid is taken twice",
                "a sigmoid taken twice goes unnoticed",
                "How small a difference does your comparison allow?",
            ),
            (
                "M17",
                "second call called a factor",
                _takes("memory", M17="M2"),
                "calls a function that remembers its last call a factor of 2",
                "a second call is mistaken for a factor",
                "Is the first call of that suspect wrong as well?",
            ),
            (
                "M17",
                "second call called a sum",
                _takes("memory", M17="M3"),
                "calls a function that remembers its last call a sum over the examples",
                "a second call is mistaken for a sum",
                "Is the first call of that suspect wrong as well?",
            ),
        )
    ),
)
