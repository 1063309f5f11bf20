"""The data sets have the shapes, classes and geometry that their docstrings promise."""

import zipfile
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_bp import datasets

RANDOM_SETS = [datasets.moons, datasets.rings, datasets.blobs]


def test_xor_is_the_truth_table():
    X, y = datasets.xor()
    table = {(int(a), int(b)): int(t) for (a, b), (t,) in zip(X, y, strict=True)}
    assert table == {(a, b): a ^ b for a in (0, 1) for b in (0, 1)}


@pytest.mark.parametrize("draw", RANDOM_SETS)
def test_the_same_seed_draws_the_same_data(draw):
    for first, second in zip(draw(seed=7), draw(seed=7), strict=True):
        np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("draw", RANDOM_SETS)
def test_another_seed_draws_other_data(draw):
    assert not np.array_equal(draw(seed=1)[0], draw(seed=2)[0])


@pytest.mark.parametrize("draw", RANDOM_SETS)
def test_global_random_state_is_neither_read_nor_changed(draw):
    before = np.random.get_state()[1].copy()  # noqa: NPY002 - the state that must stay as it was
    draw(seed=3)
    np.testing.assert_array_equal(np.random.get_state()[1], before)  # noqa: NPY002


def test_a_generator_serves_as_seed_and_moves_on():
    rng = np.random.default_rng(5)
    assert not np.array_equal(datasets.moons(seed=rng)[0], datasets.moons(seed=rng)[0])


@given(n=st.integers(3, 50), seed=st.integers(0, 2**32 - 1))
def test_shapes_types_and_balanced_classes(n, seed):
    for draw, shape, classes in [
        (datasets.moons, (n, 1), 2),
        (datasets.rings, (n, 1), 2),
        (datasets.blobs, (n,), 3),
    ]:
        X, y = draw(n=n, seed=seed)
        assert X.shape == (n, 2)
        assert X.dtype == np.float64
        assert y.shape == shape
        sizes = np.bincount(y.ravel().astype(int))
        assert len(sizes) == classes
        assert np.ptp(sizes) <= 1
        assert sizes[0] == n // classes


def test_rings_without_noise_lie_on_their_radii():
    X, y = datasets.rings(n=31, radii=(0.5, 3.0), noise=0.0)
    np.testing.assert_allclose(np.hypot(*X.T), np.where(y[:, 0] == 1, 3.0, 0.5), rtol=1e-14)


def test_moons_without_noise_are_two_half_circles():
    X, y = datasets.moons(n=41, noise=0.0)
    lower = y[:, 0] == 1
    centre = np.where(lower[:, None], [1.0, 0.5], [0.0, 0.0])
    np.testing.assert_allclose(np.hypot(*(X - centre).T), 1.0, rtol=1e-14)
    height = X[:, 1] - centre[:, 1]
    assert (height[~lower] > -1e-15).all()
    assert (height[lower] < 1e-15).all()


def test_blobs_scatter_around_their_centres():
    X, y = datasets.blobs(n=4000, centres=[[0.0, 5.0, 1.0], [9.0, 0.0, 2.0]], spread=0.5)
    for label, centre in enumerate([[0.0, 5.0, 1.0], [9.0, 0.0, 2.0]]):
        cloud = X[y == label]
        np.testing.assert_allclose(cloud.mean(axis=0), centre, atol=0.06)
        np.testing.assert_allclose(cloud.std(axis=0), 0.5, atol=0.04)


def test_classes_are_shuffled_not_in_blocks():
    _, y = datasets.moons(n=100)
    assert np.abs(np.diff(y[:, 0])).sum() > 20


def test_digits_hold_what_the_origin_says():
    X, y = datasets.digits()
    assert X.shape == (1797, 64)
    assert X.dtype == np.float64
    assert (X.min(), X.max()) == (0.0, 1.0)
    # the class counts that UCI publishes for the test part
    assert np.bincount(y).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_images_of_a_digit_resemble_each_other_more_than_other_digits():
    X, y = datasets.digits()
    means = np.stack([X[y == digit].mean(axis=0) for digit in range(10)])
    nearest = ((X[:, None, :] - means) ** 2).sum(axis=2).argmin(axis=1)
    assert (nearest == y).mean() > 0.85


def test_the_archive_holds_arrays_only_and_its_licence_lies_beside_it():
    folder = files("course_bp").joinpath("data")
    with folder.joinpath("digits.npz").open("rb") as file:
        assert set(zipfile.ZipFile(file).namelist()) == {"images.npy", "labels.npy"}
    licence = folder.joinpath("LICENSE.md").read_text(encoding="utf-8")
    assert "CC BY 4.0" in licence
    assert "10.24432/C50P49" in licence


def test_one_hot_rows():
    np.testing.assert_array_equal(
        datasets.one_hot([2, 0], classes=4), [[0.0, 0.0, 1.0, 0.0], [1.0, 0.0, 0.0, 0.0]]
    )
    assert datasets.one_hot([1, 2]).shape == (2, 3)


@pytest.mark.parametrize(
    ("labels", "classes", "says"),
    [
        ([0, 3], 3, "from 0 to 2"),
        ([-1, 0], 3, "from 0 to 2"),
        ([0.0, 1.0], 2, "whole numbers"),
        ([[0], [1]], 2, "shape"),
    ],
)
def test_one_hot_refuses_what_is_no_class_number(labels, classes, says):
    with pytest.raises(ValueError, match=says):
        datasets.one_hot(labels, classes)


@given(n=st.integers(2, 60), fraction=st.floats(0.0, 1.0), seed=st.integers(0, 99))
def test_split_parts_the_examples_and_keeps_rows_together(n, fraction, seed):
    X = np.arange(3.0 * n).reshape(n, 3)
    y = np.arange(n)
    if not 0 < round(n * fraction) < n:
        with pytest.raises(ValueError, match="one side empty"):
            datasets.train_test_split(X, y, fraction, seed)
        return
    X_train, X_test, y_train, y_test = datasets.train_test_split(X, y, fraction, seed)
    assert sorted([*y_train, *y_test]) == list(range(n))
    assert len(y_test) == round(n * fraction)
    np.testing.assert_array_equal(X_train, X[y_train])
    np.testing.assert_array_equal(X_test, X[y_test])


def test_split_is_the_same_for_the_same_seed_and_leaves_its_input_alone():
    X, y = datasets.blobs()
    kept = X.copy()
    first = datasets.train_test_split(X, y, seed=4)
    for one, other in zip(first, datasets.train_test_split(X, y, seed=4), strict=True):
        np.testing.assert_array_equal(one, other)
    first[0][:] = 0.0
    np.testing.assert_array_equal(X, kept)


def test_split_refuses_rows_that_do_not_match():
    with pytest.raises(ValueError, match="4 rows but y has 3"):
        datasets.train_test_split(np.ones((4, 2)), np.ones(3))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: datasets.moons(n=1), "at least 2"),
        (lambda: datasets.moons(noise=-0.1), "negative"),
        (lambda: datasets.rings(n=1), "at least 2"),
        (lambda: datasets.rings(radii=(2.0, 1.0)), "inner < outer"),
        (lambda: datasets.blobs(n=2), "at least 3"),
        (lambda: datasets.blobs(centres=[1.0, 2.0]), r"\(K, D\)"),
        (lambda: datasets.blobs(spread=-1.0), "negative"),
    ],
)
def test_bad_arguments_are_refused_in_words(call, says):
    with pytest.raises(ValueError, match=says):
        call()
