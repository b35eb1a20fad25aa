"""The tables of moves are whole and hang together."""

from annotations.core.moves import ANNOTATION_MOVES, ARTICLE_MOVES, Table, actions_from, actions_of
from annotations.core.states import AnnotationState, ArticleState, Role


def reachable(table: Table, starts: set[str]) -> set[str]:
    found, waiting = set(starts), list(starts)
    while waiting:
        for move in actions_from(table, waiting.pop()).values():
            waiting += set(move.to) - found
            found |= set(move.to)
    return found


def test_every_state_is_reached_and_known() -> None:
    begins = {AnnotationState.SUGGESTED.value, AnnotationState.OPEN.value}
    assert reachable(ANNOTATION_MOVES, begins) == set(AnnotationState)
    assert reachable(ARTICLE_MOVES, {ArticleState.DRAFT.value}) == set(ArticleState) - {ArticleState.CORRECTING}


def test_every_move_has_its_words_and_people() -> None:
    for move in [*ANNOTATION_MOVES.values(), *ARTICLE_MOVES.values()]:
        assert move.label[0].isupper()
        assert move.words.past.startswith("{actor} ")
        assert move.by
        assert move.by <= set(Role) - {Role.ADMINISTRATOR, Role.READER}


def test_an_action_means_the_same_from_every_state() -> None:
    for table in (ANNOTATION_MOVES, ARTICLE_MOVES):
        for action in actions_of(table):
            moves = {move for (_, name), move in table.items() if name == action}
            assert len({(move.to, move.by, move.needs_reason) for move in moves}) == 1


def test_only_reviewers_and_the_head_sign_off() -> None:
    signing = [move for move in ANNOTATION_MOVES.values() if AnnotationState.SIGNED_OFF in move.to]

    assert {role for move in signing for role in move.by} == {Role.REVIEWER, Role.HEAD}
    assert all(move.guards for move in signing)
