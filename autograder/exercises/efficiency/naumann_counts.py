"""What people get wrong when they count the operations of Naumann's example."""

from __future__ import annotations

from autograder.exercise import Mistake, Step


def _always(count: tuple[int, int]) -> Step:
    return lambda v: count


COUNT_MISTAKES = (
    Mistake(
        "M35",
        "half of the expanded products",
        {"expanded": lambda v: (10, 2)},
        "your {part} is the cost of only two of the four entries.",
    ),
    Mistake(
        "M35",
        "factors counted",
        {"expanded": lambda v: (28, 4)},
        "your {part} counts the factors, but a product of n factors takes only n − 1 "
        "multiplications.",
    ),
    Mistake(
        "M35",
        "r computed in every entry",
        {"factored": lambda v: (12, 4)},
        "your {part} works out the shared factors again for every entry.",
    ),
    *(
        Mistake(
            "M35",
            f"{part} {count}",
            {part: _always(count)},
            f"your {{part}} {words}.",
            name=name,
            question=question,
        )
        for part, count, words, name, question in (
            (
                "expanded",
                (5, 1),
                "is the cost of only one of the four entries",
                "a single entry is counted",
                "How many entries does the matrix have?",
            ),
            (
                "expanded",
                (5, 4),
                "has the multiplications of a single entry",
                "a single entry is counted",
                "How many entries does the matrix have?",
            ),
            (
                "expanded",
                (20, 1),
                "has the additions of a single entry",
                "a single entry is counted",
                "How many entries does the matrix have?",
            ),
            (
                "expanded",
                (4, 20),
                "has the two numbers in the wrong order",
                "multiplications and additions are swapped",
                "Which of the two numbers comes first?",
            ),
            (
                "expanded",
                (24, 4),
                "counts six multiplications per entry",
                "one multiplication too many in each entry",
                "How many multiplication signs are there in a·b·c + d·e·f?",
            ),
            (
                "expanded",
                (16, 4),
                "counts four multiplications per entry",
                "one multiplication too few in each entry",
                "How many multiplication signs are there in a·b·c + d·e·f·g?",
            ),
            (
                "expanded",
                (12, 4),
                "counts the multiplications of only one product, or of pairs of factors",
                "only some of the factors are counted",
                "How many multiplications does a product of four factors take?",
            ),
            (
                "expanded",
                (20, 0),
                "counts no additions",
                "the additions are left out",
                "How many plus signs does the matrix have?",
            ),
            (
                "expanded",
                (20, 8),
                "counts two additions per entry",
                "each term is counted as an addition",
                "How many additions does a sum of two terms take?",
            ),
            (
                "expanded",
                (20, 7),
                "counts additions between the entries too",
                "additions between the entries",
                "Are different entries of a matrix added to one another?",
            ),
            (
                "factored",
                (6, 1),
                "leaves out one multiplication",
                "the product in r is not counted",
                "How many operations does r take?",
            ),
            (
                "factored",
                (4, 1),
                "counts the products of the matrix, but not all that r, s and t take",
                "the products in r, s and t are not counted",
                "How many operations do r, s and t take?",
            ),
            (
                "factored",
                (4, 0),
                "counts the products of the matrix alone",
                "the products in r, s and t are not counted",
                "How many operations do r, s and t take?",
            ),
            (
                "factored",
                (3, 1),
                "counts what r, s and t take, but not the products of the matrix",
                "the products of the matrix are not counted",
                "How many multiplications does the matrix take once s and t are known?",
            ),
            (
                "factored",
                (7, 0),
                "counts no addition",
                "the additions are left out",
                "How many plus signs does the factored form have?",
            ),
            (
                "factored",
                (1, 7),
                "has the two numbers in the wrong order",
                "multiplications and additions are swapped",
                "Which of the two numbers comes first?",
            ),
            (
                "factored",
                (8, 1),
                "counts one multiplication too many",
                "one multiplication too many",
                "Write out r, s, t and the four entries. How many multiplication signs are there?",
            ),
            (
                "factored",
                (8, 2),
                "has one multiplication and one addition too many, as if r were computed "
                "for s and again for t",
                "the shared factor is computed twice",
                "How many times do you compute r if you keep it?",
            ),
            (
                "factored",
                (7, 2),
                "counts one addition too many",
                "r is added up twice",
                "How many times do you compute r if you keep it?",
            ),
            (
                "factored",
                (7, 4),
                "counts an addition for every entry",
                "the additions of the expanded form",
                "How many plus signs does the factored form have?",
            ),
        )
    ),
)
