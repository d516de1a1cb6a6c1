package dev.lockkeeper.testing;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.ssh.SshSignature;
import dev.lockkeeper.attestation.ssh.SshSigner;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.DecisionDocument;
import dev.lockkeeper.formats.approval.DecisionDocumentFormat;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.approval.DecisionTerms;
import dev.lockkeeper.formats.approval.SignedDecision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * People who decide, each with an SSH key in {@code people} beside the state folder's keys.
 *
 * @param state whose allowed signers name them
 */
public record Approvers(StateFolder state) {

  /** Gives a person a key that the allowed signers name. */
  public void enrol(String person) throws IOException {
    Files.writeString(
        state.allowedSigners(),
        person
            + " namespaces=\""
            + DecisionDocument.SIGNATURE_NAMESPACE
            + "\" "
            + generate(person)
            + "\n",
        StandardOpenOption.APPEND);
  }

  /** Gives a person a key that nobody enrolled; returns the public key's line. */
  public String generate(String person) throws IOException {
    Files.createDirectories(key(person).getParent());
    return SshSigner.generate(key(person), person);
  }

  /** Signs a text as a person signs a decision. */
  public SignedDecision sign(String person, String document) throws IOException {
    String signature =
        SshSigner.load(key(person))
            .sign(DecisionDocument.SIGNATURE_NAMESPACE, document.getBytes(StandardCharsets.UTF_8));
    return new SignedDecision(document, signature, "");
  }

  /** An approval that counts; enrols the person where they have no key yet. */
  public AcceptedDecision approve(DecisionTerms terms, String person) throws IOException {
    if (!Files.exists(key(person))) {
      enrol(person);
    }
    byte[] document =
        DecisionDocumentFormat.INSTANCE.write(
            new DecisionDocument(terms, DecisionKind.APPROVE, person, ""));
    SignedDecision signed = sign(person, new String(document, StandardCharsets.UTF_8));
    return new AcceptedDecision(
        person,
        SshSignature.parse(signed.signature()).fingerprint(),
        DecisionKind.APPROVE,
        "",
        signed);
  }

  private Path key(String person) {
    return state.path().resolve("people").resolve(person);
  }
}
