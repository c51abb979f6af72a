/** One thread's part of a challenge. The answer is in the shared buffer when it ends. */
import { workerData } from 'node:worker_threads';
import { type Part, workOn } from './challenge.ts';

workOn(workerData as Part);
