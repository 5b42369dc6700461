const PATIENCE_MS = 10_000;

/**
 * Preloaded into n8n and the sandbox: both end when the demo that started them is gone, even when it was killed
 * and could not tell them.
 */
process.once('disconnect', () => {
	process.kill(process.pid, 'SIGTERM');
	setTimeout(() => process.exit(1), PATIENCE_MS).unref();
});
// The channel alone must not keep a command alive that has finished.
process.channel?.unref();
