"""The tree against the known values of RFC 6962, against its definition, and its proofs against the script."""

import hashlib
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from wida.audit import standalone, tree

# The leaves and roots with which implementations of Certificate Transparency are tested.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def hashes(leaves) -> list[bytes]:
    return [tree.leaf(data) for data in leaves]


def as_defined(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word for word: split at the largest power of two below the size."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return hashlib.sha256(b"\x01" + as_defined(leaves[:split]) + as_defined(leaves[split:])).digest()


def test_the_known_trees():
    assert [tree.root(hashes(LEAVES[:size])).hex() for size in range(9)] == ROOTS


def test_the_known_path_of_the_third_leaf_of_seven():
    leaves = hashes(LEAVES[:7])

    assert tree.path(leaves, 2) == [
        leaves[3],
        tree.root(leaves[:2]),
        tree.root(leaves[4:7]),
    ]


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_every_tree_is_as_defined(data):
    assert tree.root(hashes(data)) == as_defined(hashes(data))


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=70, unique=True), st.data())
def test_a_path_proves_its_own_leaf_at_its_own_place_and_nothing_else(data, draw):
    leaves = hashes(data)
    place = draw.draw(st.integers(0, len(leaves) - 1))
    other = draw.draw(st.integers(0, len(leaves) + 3).filter(lambda one: one != place))
    beside, root = tree.path(leaves, place), tree.root(leaves)

    assert standalone.root_from(leaves[place], place, len(leaves), beside) == root
    assert standalone.root_from(tree.leaf(b"of another"), place, len(leaves), beside) != root
    assert standalone.root_from(leaves[place], other, len(leaves), beside) != root
    assert standalone.root_from(leaves[place], place, len(leaves), [*beside, root]) != root
    if beside:
        assert standalone.root_from(leaves[place], place, len(leaves), beside[:-1]) != root


@given(st.lists(st.binary(max_size=8), min_size=2, max_size=40, unique=True), st.data())
def test_any_two_leaves_that_change_places_change_the_root(data, draw):
    one, two = sorted(draw.draw(st.sets(st.integers(0, len(data) - 1), min_size=2, max_size=2)))
    swapped = list(data)
    swapped[one], swapped[two] = data[two], data[one]

    assert tree.root(hashes(swapped)) != tree.root(hashes(data))


def test_a_node_never_passes_for_a_leaf():
    leaves = hashes(LEAVES[:4])
    inner = b"".join(leaves[:2])

    assert tree.leaf(inner) != tree.root(leaves[:2])
    assert all(one != two for one, two in pairwise(ROOTS))
