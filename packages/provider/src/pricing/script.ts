/** An operator's own pricing: a program that gets the order as JSON on stdin and prints the rate per hour. */
import { spawn } from 'node:child_process';
import { encodeJson, Fault, type OrderEnvelope } from '@souk/protocol';

const maxOutput = 1024;

/**
 * Runs `program` with `{order, requirements, listPrice}` on stdin; it prints the rate per hour as a whole number of the
 * token's smallest unit. Throws `pricing.script-failed` where it prints anything else, fails, or takes too long.
 */
export function priceByScript(
  program: string,
  envelope: OrderEnvelope,
  listPrice: bigint,
  options: { readonly timeoutMs: number },
): Promise<bigint> {
  return new Promise((resolve, reject) => {
    // The program is the operator's own and runs as the daemon does; in a group of its own, so that all of it can end.
    const child = spawn(program, { stdio: ['pipe', 'pipe', 'ignore'], detached: true });
    const timer = setTimeout(() => stop('took too long'), options.timeoutMs);
    const fail = (why: string) => {
      clearTimeout(timer);
      reject(
        new Fault('pricing.script-failed', `the price script ${why}`, { blame: 'self', data: { program } }),
      );
    };
    const stop = (why: string) => {
      child.stdout.destroy();
      // The script may have started others that hold its output open.
      if (child.pid !== undefined) killGroup(child.pid);
      fail(why);
    };
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.length > maxOutput) stop('printed too much');
    });
    child.on('error', (error) => fail(`can't be started: ${error.message}`));
    child.on('close', (code) => {
      clearTimeout(timer);
      if (code !== 0) return fail(`ended with code ${code}`);
      if (!/^[1-9][0-9]{0,28}$/.test(output.trim())) return fail('printed no whole positive number');
      resolve(BigInt(output.trim()));
    });
    child.stdin.on('error', () => undefined);
    const { order, requirements } = envelope;
    child.stdin.end(encodeJson({ order: order.message, requirements, listPrice }));
  });
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}
