const PATIENCE_MS = 10_000;

/**
 * Preloaded into n8n, the sandbox and every other program that is started here: each ends when its parent is gone, even if
 * the parent was killed and could not end it.
 */
process.once('disconnect', () => {
	process.kill(process.pid, 'SIGTERM');
	setTimeout(() => process.exit(1), PATIENCE_MS).unref();
});
// The channel alone must not keep a finished command alive.
process.channel?.unref();
