/**
 * Worth of a miner as most mechanisms want it: the mean of its scores, half of it what it was one epoch before, so that one bad
 * epoch is not all. A newcomer starts at what it shows; who was not asked is worth nothing. Pure.
 */
export function movingMean(scores: readonly number[], before: number): number {
  if (scores.length === 0) return 0;
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return before === 0 ? mean : (before + mean) / 2;
}
