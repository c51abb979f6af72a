/** The numbers of miners and validators for Prometheus. Labels come from closed unions. */
import type { Metrics } from '@souk/daemon';

export function createMinerMetrics(metrics: Metrics) {
  return {
    tasks: metrics.counter('souk_subnets_miner_tasks_total', 'Tasks by what came of them', ['outcome']),
    running: metrics.gauge('souk_subnets_miner_tasks_running', 'Tasks under way'),
    taskSeconds: metrics.histogram(
      'souk_subnets_miner_task_seconds',
      'From a task taken to its answer signed',
      [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    ),
  };
}
export type MinerMetrics = ReturnType<typeof createMinerMetrics>;

export function createValidatorMetrics(metrics: Metrics) {
  return {
    tasks: metrics.counter('souk_subnets_validator_tasks_total', 'Tasks by what came of them', ['outcome']),
    answerSeconds: metrics.histogram(
      'souk_subnets_validator_answer_seconds',
      'From sending a task to its whole answer',
      [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    ),
    transactions: metrics.counter('souk_subnets_validator_transactions_total', 'Transactions by result', [
      'kind',
      'result',
    ]),
    epoch: metrics.gauge('souk_subnets_validator_computed_epoch', 'The newest epoch computed here'),
    unposted: metrics.gauge('souk_subnets_validator_unposted_epochs', 'Epochs computed and not yet posted'),
    attestations: metrics.counter(
      'souk_subnets_validator_attestations_total',
      'Attestations heard, by verdict',
      ['verdict'],
    ),
    faults: metrics.counter('souk_subnets_validator_faults_total', 'Steps that failed', ['step']),
  };
}
export type ValidatorMetrics = ReturnType<typeof createValidatorMetrics>;
