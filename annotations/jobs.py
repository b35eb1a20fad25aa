"""Background work: each task calls one service. Run by the server itself, or by `manage.py procrastinate worker`."""

from typing import Final
from uuid import UUID

from django.utils import timezone
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job, Status

from annotations.queries.webhook_rows import message_of
from annotations.services import assignments, deliveries, import_runs, search_backlog

SILENCE: Final = 60.0
"""Seconds without a sign of life after which a worker was killed. It gives one every ten."""


class NotDeliveredError(Exception):
    """The address did not take a message; `wait` is the number of seconds before the next attempt."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"Not delivered; next attempt in {wait} seconds")
        self.wait = wait


class BackOff(BaseRetryStrategy):
    """Waits as long as the service says, which counts the attempts and ends them."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        return RetryDecision(retry_in={"seconds": exception.wait if isinstance(exception, NotDeliveredError) else 60})


@app.periodic(cron="* * * * * */5")
@app.task(name="note_events", queueing_lock="note_events", lock="note_events")
def note_events(timestamp: int) -> None:
    """Every five seconds: from the history to deliveries, from deliveries to jobs."""
    while deliveries.note_events():
        pass
    while ids := deliveries.to_queue():
        for id in ids:
            deliver.configure(lock=f"delivery {id}").defer(delivery=str(id))
        deliveries.queued(ids)


@app.periodic(cron="* * * * * */5")
@app.task(name="index_backlog", queueing_lock="index_backlog", lock="index_backlog")
def index_backlog(timestamp: int) -> None:
    """Every five seconds: what came in bulk is made findable."""
    while search_backlog.is_time(timezone.now()) and search_backlog.catch_up():
        pass


@app.periodic(cron="*/10 * * * *")
@app.task(name="release_idle", queueing_lock="release_idle")
def release_idle(timestamp: int) -> None:
    """Every ten minutes: what lay untouched for too long goes back to the pool."""
    assignments.release_idle(timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="resume_imports", queueing_lock="resume_imports")
def resume_imports(timestamp: int) -> None:
    """Every minute: imports whose worker was killed, or whose server before it queued them, are begun again."""
    for id in import_runs.stalled(timezone.now()):
        import_runs.queue(id)


@app.periodic(cron="* * * * *")
@app.task(name="free_stalled", queueing_lock="free_stalled", pass_context=True)
async def free_stalled(context: JobContext, timestamp: int) -> None:
    """Every minute: what a killed worker was at is done again. Until then, nobody else gets past its lock.

    Jobs of which one at the most may wait are made anew by the clock or by `resume_imports`; these only give way.
    """
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE):
        if job.queueing_lock:
            await manager.finish_job(job, Status.FAILED, delete_job=True)
        else:
            await manager.retry_job(job)


@app.task(name=import_runs.TASK)
def run_import(run: str) -> None:
    import_runs.run_import(UUID(run))


@app.task(name="deliver", retry=BackOff())
def deliver(delivery: str) -> None:
    wait = deliveries.deliver(UUID(delivery), message_of(UUID(delivery)))
    if wait is not None:
        raise NotDeliveredError(wait)
