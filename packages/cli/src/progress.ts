/** Live progress of things that happen at once: moving lines on a terminal, one line a step elsewhere. */
import type { Output } from './output.ts';

export interface Task {
  readonly title: string;
  /** False where it failed; the task has said why. Throws for what nobody expected. */
  readonly run: (view: TaskView) => Promise<boolean>;
}

export interface TaskView {
  /** What is going on now; replaced by the next. Only seen on a terminal. */
  now(text: string): void;
  /** Something that happened and stays on the screen. */
  did(text: string): void;
}

/** Runs all at once; the first unexpected error is thrown when all have ended. */
export async function runTasks(output: Output, tasks: readonly Task[]): Promise<void> {
  const errors: unknown[] = [];
  const guarded = tasks.map((task) => ({
    title: task.title,
    run: async (view: TaskView) => {
      try {
        return await task.run(view);
      } catch (error) {
        errors.push(error);
        return false;
      }
    },
  }));
  await (output.isLive ? drawLive(guarded) : noteSteps(output, guarded));
  if (errors.length > 0) throw errors[0];
}

async function drawLive(tasks: readonly Task[]): Promise<void> {
  const { Listr, ListrLogger, ProcessOutput } = await import('listr2');
  const list = new Listr(
    tasks.map(({ title, run }) => ({
      title,
      rendererOptions: { persistentOutput: true, outputBar: Infinity },
      task: async (_shared: unknown, task: { title?: string; output: string }) => {
        const isFine = await run({
          now: (text) => {
            task.title = `${title}: ${text}`;
          },
          did: (text) => {
            task.output = text;
          },
        });
        task.title = title;
        if (!isFine) throw new Error(title);
      },
    })),
    {
      concurrent: true,
      exitOnError: false,
      registerSignalListeners: false,
      rendererOptions: {
        showErrorMessage: false,
        // Standard output is for results.
        logger: new ListrLogger({
          useIcons: true,
          processOutput: new ProcessOutput(process.stderr, process.stderr),
        }),
      },
    },
  );
  await list.run();
}

async function noteSteps(output: Output, tasks: readonly Task[]): Promise<void> {
  await Promise.all(
    tasks.map(({ title, run }) =>
      run({
        now: () => undefined,
        did: (text) => output.note(tasks.length > 1 ? `${title}: ${text}` : text),
      }),
    ),
  );
}
