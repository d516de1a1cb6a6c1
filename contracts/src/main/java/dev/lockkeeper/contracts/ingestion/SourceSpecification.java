package dev.lockkeeper.contracts.ingestion;

/**
 * Where the data comes from.
 *
 * @param path absolute path of the file as the ingestion worker sees it
 * @param format its format
 * @param delimiter the one-character CSV delimiter; ignored for other formats
 */
public record SourceSpecification(String path, SourceFormat format, String delimiter) {}
