import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

/** n8n's plain HTTP helper, as far as a login needs it. */
export type HttpRequest = (options: IHttpRequestOptions) => Promise<unknown>;

/** Credential data as n8n hands it out, decrypted. */
export type CredentialData = Readonly<ICredentialDataDecryptedObject>;

/** How one vendor is reached with one credential type. */
export interface Connection {
	credentialType: string;
	/** Where requests go. Throws CredentialError when the credential's address is no good. */
	baseUrl(credentials: CredentialData): string;
	/** Texts that must not show up in any output. */
	secrets(credentials: CredentialData): string[];
	/** HTTP statuses that n8n itself must see, because it renews a session on them. */
	refreshStatuses: readonly number[];
	/**
	 * For a vendor whose login voids the sessions of all other processes: waits until one that has logged in can have saved its
	 * session in the credential, longer each round (from 1). `false` where n8n has no session to renew.
	 */
	awaitOtherLogin?(credentials: CredentialData, round: number): Promise<boolean>;
	/**
	 * Gets a new session where the vendor's signal for an expired one is not an HTTP status that n8n knows.
	 * Rejects with CredentialError when the login is refused.
	 */
	renew?(credentials: CredentialData, request: HttpRequest): Promise<void>;
}
