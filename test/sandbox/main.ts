import { startSandbox } from './sandbox.ts';

const DEFAULT_PORT = 7070;

const port = Number(process.env['SANDBOX_PORT'] ?? DEFAULT_PORT);

try {
	const sandbox = await startSandbox({ port });
	console.log(`Sandbox control API   ${sandbox.controlUrl}`);
	console.log(`EnOS BPM              ${sandbox.enosBpm.baseUrl}`);
	console.log(`Primavera Unifier     ${sandbox.unifier.baseUrl}`);
	console.log(`Bitrix24              ${sandbox.bitrix24.baseUrl}`);
	console.log(`8x8 Automation        ${sandbox.eightByEight.baseUrl}`);
	console.log(`Working credentials   ${sandbox.controlUrl}/vendors`);
	console.log('Ctrl-C ends it.');
	const stop = (): void => {
		void sandbox.close().then(() => process.exit(0));
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
} catch (error) {
	const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
	console.error(
		taken
			? `The sandbox needs the ports ${port} to ${port + 4}, and one of them is in use. Set SANDBOX_PORT to another start.`
			: error,
	);
	process.exit(1);
}
