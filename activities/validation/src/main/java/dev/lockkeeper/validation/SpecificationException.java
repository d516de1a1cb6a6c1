package dev.lockkeeper.validation;

/** The pipeline asks for something that its data or its features do not have. */
class SpecificationException extends RuntimeException {

  SpecificationException(String message) {
    super(message);
  }

  SpecificationException(String message, Throwable cause) {
    super(message, cause);
  }
}
