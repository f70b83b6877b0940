"""Work outside a request, with one effect (a job's writes and its "done" are one transaction).

A handler is registered by name and gets a JobRun:

    @job("plans.plan_run")
    def run(run: JobRun) -> None:
        answer = slow(run.payload, progress=run.progress, should_stop=run.stop_asked)
        with run.effect() as result:      # one transaction: these writes and the job's end, or neither
            result["plan"] = save(answer).pk

Queue it with `job_queue`, inside the transaction that needs it. The row says where it stands.
"""

from wadah.base.jobs.run import DIED, JobLost, JobRun, job
from wadah.base.jobs.services import job_queue, job_stop, jobs_run_waiting
from wadah.base.jobs.sweeping import swept

__all__ = ["DIED", "JobLost", "JobRun", "job", "job_queue", "job_stop", "jobs_run_waiting", "swept"]
