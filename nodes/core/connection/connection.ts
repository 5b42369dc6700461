import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

/** n8n's plain HTTP helper, as far as a login needs it. */
export type HttpRequest = (options: IHttpRequestOptions) => Promise<unknown>;

/** Credential data as n8n hands it out, decrypted. */
export type CredentialData = Readonly<ICredentialDataDecryptedObject>;

/** A run that waits for a login. */
export interface WaitingRun {
	/** Aborts when the run is cancelled. */
	signal: AbortSignal | undefined;
	/** When the run began, by `performance.now()`. */
	since: number;
}

/** How n8n itself renews an access token. */
export interface OAuth2 {
	/** The address of the token server, as the credential has it. */
	tokenUrl(credentials: CredentialData): string;
	/** What makes two credentials the same, such as the token that stands for the account. */
	identity(credentials: CredentialData): unknown;
	/** What to do about an error of the token server, by its code; undefined where reconnecting is all that helps. */
	hintFor(code: string): string | undefined;
}

/** How one vendor is reached with one credential type. */
export interface Connection {
	credentialType: string;
	/** Where requests go. Throws CredentialError when the credential's address is no good. */
	baseUrl(credentials: CredentialData): string;
	/** What has rate limits of its own, by its address without secrets. Default: the host. */
	rateKey?(baseUrl: URL): string;
	/** Texts that must not show up in any output. */
	secrets(credentials: CredentialData): string[];
	/** HTTP statuses that n8n itself must see, because it renews a session on them. */
	refreshStatuses: readonly number[];
	/** Where n8n renews the access token with a token server. */
	oAuth2?: OAuth2;
	/**
	 * For a vendor whose login voids the sessions of all other processes: waits until one that has logged in can have saved its
	 * session in the credential, longer each round (from 1). `false` where n8n has no session to renew.
	 */
	awaitOtherLogin?(credentials: CredentialData, round: number): Promise<boolean>;
	/**
	 * After a refusal that n8n does not see, because the vendor's signal for it is no HTTP status: sees to it that the next
	 * request carries the session that another process has saved meanwhile, or makes n8n ask for one. `round` counts the
	 * refusals of one request, from 1. Rejects with CredentialError where the credential is no good.
	 */
	renew?(credentials: CredentialData, round: number): Promise<void>;
	/** Resolves once no wait of `renew` is under way: until then a request would be refused like the one before it. */
	untilRenewed?(credentials: CredentialData): Promise<void>;
}
