"""Wrong shapes of one layer: transposed, with an axis too many, of the inputs, of each example."""

from __future__ import annotations

from autograder.exercise import Mistake

WRONG_SHAPES = (
    Mistake(
        "M11",
        "W transposed",
        {"W": lambda v: (v.D, v.M)},
        "your {part} has the shape of its transpose.",
        question="If x is a column of D numbers, how long must a row of W be?",
    ),
    Mistake(
        "M11",
        "W transposed in rows",
        {"W_rows": lambda v: (v.M, v.D)},
        "your {part} has the shape of its transpose.",
        question="If a row of X has D numbers, how long must a column of W be?",
    ),
    Mistake(
        "M11",
        "gradient transposed",
        {"dW": lambda v: (v.D, v.M)},
        "your {part} has the shape of W's transpose.",
        question="The update is W − η ∂C/∂W. Can these two be subtracted?",
    ),
    Mistake(
        "M19",
        "one bias gradient an example",
        {"db_rows": lambda v: (v.N, v.M)},
        "your {part} has one row per example, but there is only one b.",
    ),
    Mistake(
        "M20",
        "bias column left out",
        {"alpha": lambda v: (v.M, v.D)},
        "your {part} has no room for the bias.",
        name="a missing column for the bias",
        question="The sum over i starts at 0. How many terms does it have?",
        hints=(
            "The sum over i starts at 0. How many terms does it have?",
            "x₀ = 1 acts as one more input, and it has its own weights.",
            "With two inputs, a_j = α_j0·1 + α_j1·x₁ + α_j2·x₂. That makes three weights for "
            "each j.",
        ),
    ),
    Mistake(
        "M20",
        "bias counted on the wrong side",
        {"alpha": lambda v: (v.M + 1, v.D)},
        "your {part} has one row too many and one column too few.",
        name="the bias on the wrong axis",
        question="Which index of α_ji may be 0?",
        hints=(
            "Which index of α_ji may be 0?",
            "The bias belongs to the inputs of the layer, not to its outputs.",
            "With two inputs, a_j = α_j0·1 + α_j1·x₁ + α_j2·x₂. That makes three weights for "
            "each j.",
        ),
    ),
    Mistake(
        "M3",
        "batch left out",
        {"Z_rows": lambda v: (v.M,)},
        "your {part} has room for only one example.",
        name="the batch is left out",
        question="How many examples go through Z = X W + b at once?",
        hints=(
            "How many examples go through Z = X W + b at once?",
            "X is a table with one row per example, and so is Z.",
            "Two examples of three numbers through a layer of four units: X is (2, 3), W is "
            "(3, 4), and X W is (2, 4).",
        ),
    ),
    Mistake(
        "M11",
        "rows for columns and columns for rows",
        {
            "W": lambda v: (v.D, v.M),
            "dW": lambda v: (v.D, v.M),
            "W_rows": lambda v: (v.M, v.D),
            "dW_rows": lambda v: (v.M, v.D),
        },
        "your {part} has the shape that belongs to the other of the two notations.",
        name="the notations with columns and with rows are mixed up",
        question="Which of them has W in front of x, and which has X in front of W?",
        hints=(
            "Which of them has W in front of x, and which has X in front of W?",
            "In front of a column of D numbers, each row of W must have D entries. Behind a "
            "row of D numbers, each column of W must have them.",
            "Take 2 inputs and 4 units: a (4, 2) matrix times a column of 2 gives a column of "
            "4, and a row of 2 times a (2, 4) matrix gives a row of 4.",
        ),
        once=True,
    ),
    Mistake(
        "M20",
        "a constant unit on both sides",
        {"alpha": lambda v: (v.M + 1, v.D + 1)},
        "your {part} has one row too many.",
        name="a constant unit at the output too",
        question="Is there an a₀ that the layer computes?",
        hints=(
            "Is there an a₀ that the layer computes?",
            "The bias belongs to the inputs of the layer, not to its outputs.",
            "With two inputs, a_j = α_j0·1 + α_j1·x₁ + α_j2·x₂. That makes three weights for "
            "each j, and j starts at 1.",
        ),
    ),
    Mistake(
        "M11",
        "folded weights transposed",
        {"alpha": lambda v: (v.D + 1, v.M)},
        "your {part} has the shape of its transpose.",
        question="In α_ji, which index counts the rows?",
    ),
    Mistake(
        "M20",
        "two columns for the bias",
        {"alpha": lambda v: (v.M, v.D + 2)},
        "your {part} has one column too many.",
        name="one column too many",
        question="The sum over i runs from 0 to D. How many terms does it have?",
        hints=(
            "The sum over i runs from 0 to D. How many terms does it have?",
            "x₀ = 1 acts as one more input, and it has its own weights.",
            "With two inputs, a_j = α_j0·1 + α_j1·x₁ + α_j2·x₂. That makes three weights for "
            "each j.",
        ),
    ),
    *(
        Mistake(
            "M21",
            slug,
            {part: step},
            "your {part} has two axes, but a vector has only one.",
            name="a vector written as a matrix",
            question="x is given as (D,) and z = W x + b. How many axes does z have?",
            hints=(
                "How many axes does the vector have that this quantity belongs to?",
                "In this course a column of five numbers has the shape (5,). The shape (5, 1) "
                "belongs to a table with five rows.",
                "np.ones((4, 2)) @ np.ones(2) has the shape (4,): two axes times one axis "
                "leave one axis.",
            ),
        )
        for slug, part, step in (
            ("delta as a column", "delta", lambda v: (v.M, 1)),
            ("delta as a row", "delta", lambda v: (1, v.M)),
            ("bias gradient as a row", "db_rows", lambda v: (1, v.M)),
            ("bias gradient as a column", "db_rows", lambda v: (v.M, 1)),
        )
    ),
    *(
        Mistake(
            "M13",
            slug,
            {part: step},
            "your {part} counts the inputs, but the layer has a different number of units.",
            name="the inputs are counted instead of the units",
            question="How many numbers does the layer pass on for one example?",
            hints=(
                "How many numbers does the layer pass on for one example?",
                "Say in words what each axis counts: examples, inputs or units.",
                "A layer of four units with two inputs has four weighted sums and four "
                "biases, whatever the number of its inputs.",
            ),
        )
        for slug, part, step in (
            ("delta of the inputs", "delta", lambda v: (v.D,)),
            ("bias gradient of the inputs", "db_rows", lambda v: (v.D,)),
            ("Z of the inputs", "Z_rows", lambda v: (v.N, v.D)),
        )
    ),
    *(
        Mistake(
            "M3",
            slug,
            {part: step},
            "your {part} has an axis for the examples, but this quantity is shared by all of them.",
            name="one gradient per example instead of their sum",
            question="C is one number for the whole batch. How many entries does its "
            "derivative with respect to one tensor have?",
        )
        for slug, part, step in (
            ("a weight gradient for each example", "dW_rows", lambda v: (v.N, v.D, v.M)),
            ("a weight gradient with a row for each example", "dW_rows", lambda v: (v.N, v.M)),
            ("a bias gradient for each example", "db_rows", lambda v: (v.N,)),
        )
    ),
    Mistake(
        "M3",
        "a batch where one column is meant",
        {"delta": lambda v: (v.M, v.N)},
        "your {part} has an axis for the examples, but here x is a single column.",
        name="a batch where a single example is meant",
        question="How many examples go through z = W x + b at once?",
    ),
    Mistake(
        "M3",
        "a batch of rows where one column is meant",
        {"delta": lambda v: (v.N, v.M)},
        "your {part} has an axis for the examples, but here x is a single column.",
        name="a batch where a single example is meant",
        question="How many examples go through z = W x + b at once?",
    ),
    Mistake(
        "M11",
        "batch transposed",
        {"Z_rows": lambda v: (v.M, v.N)},
        "your {part} has the shape of its transpose.",
        question="In X, does a row hold one example or one input? And in Z?",
    ),
    Mistake(
        "M11",
        "gradient transposed in rows",
        {"dW_rows": lambda v: (v.M, v.D)},
        "your {part} has the shape of W's transpose.",
        question="The update is W − η ∂C/∂W. Can these two be subtracted?",
    ),
    *(
        Mistake(
            "M12",
            f"gradient as long as {part[1:]}",
            {part: step},
            "your {part} is a vector, but W is a matrix.",
            name="a vector where the gradient of a matrix is asked",
            question="Does the derivative with respect to a matrix have an entry for each of "
            "its entries?",
        )
        for part, step in (
            ("dW", lambda v: (v.M,)),
            ("dW_rows", lambda v: (v.M,)),
        )
    ),
    *(
        Mistake(
            "M20",
            f"bias within {part}",
            {part: step},
            "your {part} has room for the bias, but here b is a separate vector.",
            name="the bias is folded in where it is separate",
            question="The formula adds b separately. Does W also contain it?",
            hints=(
                "The formula adds b separately. Does W also contain it?",
                "Only in the notation with α is the bias one of the weights.",
                "With two inputs and four units, W has eight entries and b has four more.",
            ),
        )
        for part, step in (
            ("W", lambda v: (v.M, v.D + 1)),
            ("W_rows", lambda v: (v.D + 1, v.M)),
        )
    ),
)
