/** SSH signatures (PROTOCOL.sshsig) and the allowed signers of approvers. */
@NullMarked
package dev.lockkeeper.attestation.ssh;

import org.jspecify.annotations.NullMarked;
