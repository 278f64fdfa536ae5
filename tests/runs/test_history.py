"""The index of events answers as reading all of them again would."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fake_run import epoch, started
from tui_dl.protocol.events import (
    Acknowledged,
    AnyEvent,
    Continued,
    EpochEnded,
    LearningRateChanged,
    Paused,
    Resumed,
    Started,
)
from tui_dl.runs.history import History, best_of

times = st.floats(-10, 1000)
rates = st.sampled_from([None, 0.1, 0.2])
some_event = st.one_of(
    st.builds(lambda time: started(time=time), times),
    st.builds(Resumed, time=times),
    st.builds(Paused, time=times, step=st.just(1)),
    st.builds(Continued, time=times, step=st.just(1)),
    st.builds(
        Acknowledged,
        time=times,
        command=st.sampled_from(["pause", "continue", "set", "stop"]),
        step=st.just(1),
        learning_rate=rates,
    ),
    st.builds(
        LearningRateChanged,
        time=times,
        step=st.just(1),
        learning_rate=st.just(0.3),
        scheduled=st.booleans(),
    ),
)


def elapsed(events: list[AnyEvent]) -> float:
    total, behind, paused = 0.0, 0.0, False
    for before, event in pairwise(events):
        over = isinstance(before, Continued | Started | Resumed)
        paused = isinstance(before, Paused) or (paused and not over)
        if not paused and not isinstance(event, Started | Resumed):
            gap = event.time - before.time
            if gap < 0:
                behind -= gap
            elif gap >= behind:
                total, behind = total + (gap - behind), 0.0
            else:
                total += gap
    return total


@settings(max_examples=200)
@given(st.lists(some_event, max_size=12), st.integers(0, 12))
def test_it_answers_as_the_list_does(events: list[AnyEvent], cut: int) -> None:
    history = History()
    history.add(events[:cut])
    history.add(events[cut:])
    assert history.events == events
    assert history.elapsed == elapsed(events)
    for kind in (Started, Paused, Paused | Continued, Acknowledged | LearningRateChanged):
        found = next((it for it in reversed(events) if isinstance(it, kind)), None)
        assert history.last(kind) is found
    told = [it for it in events if isinstance(it, Acknowledged | LearningRateChanged)]
    told = [it for it in told if it.learning_rate]
    assert history.rate_set is (told[-1] if told else None)
    assert history.decided == [
        it
        for it in events
        if isinstance(it, Paused) or (isinstance(it, LearningRateChanged) and not it.scheduled)
    ]
    begins = [place for place, it in enumerate(events) if isinstance(it, Started | Resumed)]
    session = events[begins[-1] :] if begins else events
    stops = [it for it in session if isinstance(it, Acknowledged) and it.command == "stop"]
    assert history.told_to_stop == bool(stops)
    pauses = [it for it in session if isinstance(it, Paused | Continued)]
    assert history.paused == (bool(pauses) and isinstance(pauses[-1], Paused))
    acknowledged = [it.command for it in events if isinstance(it, Acknowledged)]
    assert history.answered == sum(command in ("pause", "continue") for command in acknowledged)


def test_the_best_epoch_is_the_one_that_the_newest_names() -> None:
    epochs = [epoch(number, 1.0, best) for number, best in ((1, 1), (2, 2), (4, 2), (5, 3))]
    assert best_of([]) is None
    assert best_of(epochs[:3]) is epochs[1]
    assert best_of(epochs) is None  # its line is damaged
    history = History()
    history.add(epochs)
    assert history.all(EpochEnded) == epochs
