package io.layerplan.runtime.gguf;

import static io.layerplan.runtime.gguf.RawGguf.int32;
import static io.layerplan.runtime.gguf.RawGguf.int64;
import static io.layerplan.runtime.gguf.RawGguf.join;
import static io.layerplan.runtime.gguf.RawGguf.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.layerplan.runtime.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GgufFileTest {
    private static final int U8 = 0;
    private static final int U32 = 4;
    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;
    private static final int F32 = 0;
    private static final int Q8_0 = 8;
    private static final int Q4_K = 12;
    private static final byte[] NO_UTF8 = {'a', (byte) 0xC3, 'b'};
    private static final String TYPES = "supported are F32, F16, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q4_K, Q5_K, Q6_K, BF16";
    private static final String DAMAGED = "the file is incomplete or damaged; fetch it again";

    @TempDir
    private Path folder;

    /// A file that has to be refused.
    ///
    /// @param message with `FILE` for the file's name in backticks
    record Refusal(String name, RawGguf file, String message, String help) {
        Refusal(String name, RawGguf file, String message) {
            this(name, file, message, DAMAGED);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Refusal> refusals() {
        return Stream.of(heads(), keys(), arrays(), tensors(), places()).flatMap(List::stream);
    }

    private static RawGguf file() {
        return new RawGguf();
    }

    private static List<Refusal> heads() {
        String models = "models come as GGUF files; `convert_hf_to_gguf.py` of llama.cpp makes them from others";
        String noGguf = "FILE is no GGUF file: it does not begin with `GGUF`";
        return List.of(
                new Refusal("empty", file().cut(0), noGguf, models),
                new Refusal("three bytes", file().cut(3), noGguf, models),
                new Refusal("other magic", file().magic(0x04034B50), noGguf, models),
                new Refusal("magic alone", file().cut(4), "FILE ends inside the version", DAMAGED),
                new Refusal(
                        "version 1",
                        file().version(1),
                        "FILE is a GGUF file of version 1",
                        "versions 2 and 3 are supported"),
                new Refusal(
                        "version 4",
                        file().version(-1),
                        "FILE is a GGUF file of version 4294967295",
                        "versions 2 and 3 are supported"),
                new Refusal(
                        "big-endian",
                        file().version(3 << 24),
                        "FILE is a big-endian GGUF file",
                        "only little-endian files are supported"),
                new Refusal("no counts", file().cut(12), "FILE ends inside the number of tensors", DAMAGED),
                new Refusal(
                        "absurd number of tensors",
                        file().tensorCount(1L << 40),
                        "FILE: the number of tensors is 1099511627776, more than fit into the 16 bytes that follow"),
                new Refusal(
                        "absurd number of keys",
                        file().pairCount(-1),
                        "FILE: the number of metadata keys is 18446744073709551615, more than fit into the 8 bytes that"
                                + " follow"));
    }

    private static List<Refusal> keys() {
        return List.of(
                new Refusal(
                        "key ends early",
                        file().pair("long.key", U32, int32(1)).cut(38),
                        "FILE ends inside the name of metadata key 0",
                        DAMAGED),
                new Refusal(
                        "absurd length of a key",
                        file().pairBytes(int64(1L << 50)).data(64),
                        "FILE ends inside the name of metadata key 0",
                        DAMAGED),
                new Refusal("nameless key", file().pair("", U32, int32(1)), "FILE: metadata key 0 has no name"),
                new Refusal(
                        "key in no UTF-8",
                        file().pair(NO_UTF8, U32, int32(1)),
                        "FILE: the name of metadata key 0 is no UTF-8"),
                new Refusal(
                        "key with an escape sequence",
                        file().pair("a\u001B[2J`", BOOL, (byte) 9),
                        "FILE: key `a\\u001b[2J\\u0060` is a bool of value 9"),
                new Refusal(
                        "very long key",
                        file().pair("k".repeat(1000), BOOL, (byte) 9),
                        "FILE: key `%s…` is a bool of value 9".formatted("k".repeat(64))),
                new Refusal(
                        "key twice",
                        file().pair("a", U32, int32(1)).pair("a", U32, int32(1)),
                        "FILE: key `a` is there twice"),
                new Refusal(
                        "unknown value type", file().pair("a", 13, int32(1)), "FILE: key `a` has the unknown type 13"),
                new Refusal(
                        "string ends early",
                        file().pair("a", STRING, int64(1000)),
                        "FILE ends inside key `a`",
                        DAMAGED),
                new Refusal(
                        "string in no UTF-8", file().pair("a", STRING, string(NO_UTF8)), "FILE: key `a` is no UTF-8"),
                new Refusal(
                        "alignment is no power of two",
                        file().pair("general.alignment", U32, int32(48)),
                        "FILE: key `general.alignment` is 48, expected a power of two from 4 to 1048576",
                        ""),
                new Refusal(
                        "alignment is no number",
                        file().pair("general.alignment", STRING, string("32")),
                        "FILE: key `general.alignment` holds string, expected an integer",
                        ""));
    }

    private static List<Refusal> arrays() {
        return List.of(
                new Refusal(
                        "absurd number of elements",
                        file().pair("a", ARRAY, join(int32(U8), int64(1L << 33))),
                        "FILE: the number of elements of key `a` is 8589934592, more than fit into the 15 bytes that"
                                + " follow"),
                new Refusal(
                        "negative number of elements",
                        file().pair("a", ARRAY, join(int32(U32), int64(-1))),
                        "FILE: the number of elements of key `a` is 18446744073709551615, more than fit into the 15"
                                + " bytes that follow"),
                new Refusal(
                        "string in an array ends early",
                        file().pair("a", ARRAY, join(int32(STRING), int64(1), int64(99))),
                        "FILE ends inside key `a`",
                        DAMAGED),
                new Refusal(
                        "array of arrays",
                        file().pair("a", ARRAY, join(int32(ARRAY), int64(1), int32(ARRAY), int64(1))),
                        "FILE: key `a` is an array of arrays"),
                new Refusal(
                        "array of an unknown type",
                        file().pair("a", ARRAY, join(int32(99), int64(1))),
                        "FILE: key `a` has the unknown type 99"));
    }

    private static List<Refusal> tensors() {
        return List.of(
                new Refusal("nameless tensor", file().tensor("", F32, 0, 1), "FILE: tensor 0 has no name"),
                new Refusal(
                        "tensor name in no UTF-8",
                        file().tensor(NO_UTF8, F32, 0, 1),
                        "FILE: the name of tensor 0 is no UTF-8"),
                new Refusal(
                        "tensor twice",
                        file().tensor("w", F32, 0, 1).tensor("w", F32, 32, 1).data(64),
                        "FILE: tensor `w` is there twice"),
                new Refusal(
                        "description ends early",
                        file().tensor("w", F32, 0, 1, 1).cut(63),
                        "FILE ends inside tensor `w`",
                        DAMAGED),
                new Refusal(
                        "no dimensions",
                        file().tensor("w".repeat(9), F32, 0),
                        "FILE: tensor `wwwwwwwww` has 0 dimensions, expected 1 to 4"),
                new Refusal(
                        "five dimensions",
                        file().tensor("w", F32, 0, 1, 1, 1, 1, 1),
                        "FILE: tensor `w` has 5 dimensions, expected 1 to 4"),
                new Refusal(
                        "a dimension of zero",
                        file().tensor("w", F32, 0, 4, 0),
                        "FILE: tensor `w` has the shape [4, 0]"),
                new Refusal(
                        "a negative dimension",
                        file().tensor("w", F32, 0, -1),
                        "FILE: tensor `w` has the shape [18446744073709551615]"),
                new Refusal(
                        "elements overflow",
                        file().tensor("w", F32, 0, 1L << 40, 1L << 40),
                        "FILE: tensor `w` has the shape [1099511627776, 1099511627776], too large"),
                new Refusal(
                        "bytes overflow",
                        file().tensor("w", F32, 0, 1L << 61),
                        "FILE: tensor `w` has the shape [2305843009213693952], too large"),
                new Refusal(
                        "rows are no whole blocks",
                        file().tensor("w", Q4_K, 0, 640, 2).data(720),
                        "FILE: tensor `w` has rows of 640 elements, no multiple of the 256 of a block of q4_k"),
                new Refusal(
                        "known unsupported type",
                        file().tensor("w", 23, 0, 256),
                        "FILE: tensor `w` has the unsupported type `IQ4_XS`",
                        TYPES),
                new Refusal(
                        "unknown type",
                        file().tensor("w", -2, 0, 256),
                        "FILE: tensor `w` has the unsupported type `4294967294`",
                        TYPES));
    }

    private static List<Refusal> places() {
        return List.of(
                new Refusal(
                        "data past the end",
                        file().tensor("w", Q8_0, 0, 32, 2).data(67),
                        "FILE: tensor `w` takes 68 bytes from offset 0, past the end of the 67 bytes of data",
                        DAMAGED),
                new Refusal(
                        "offset past the end",
                        file().tensor("w", F32, 96, 1).data(64),
                        "FILE: tensor `w` takes 4 bytes from offset 96, past the end of the 64 bytes of data",
                        DAMAGED),
                new Refusal(
                        "negative offset",
                        file().tensor("w", F32, -32, 1).data(64),
                        "FILE: tensor `w` takes 4 bytes from offset 18446744073709551584, past the end of the 64 bytes"
                                + " of data",
                        DAMAGED),
                new Refusal(
                        "no data at all",
                        file().tensor("w", F32, 0, 1).cut(57),
                        "FILE: tensor `w` takes 4 bytes from offset 0, past the end of the 0 bytes of data",
                        DAMAGED),
                new Refusal(
                        "misaligned",
                        file().tensor("w", F32, 4, 1).data(64),
                        "FILE: tensor `w` begins at offset 4, no multiple of the alignment 32"),
                new Refusal(
                        "overlapping",
                        file().tensor("last", F32, 32, 1)
                                .tensor("first", F32, 0, 9)
                                .data(64),
                        "FILE: tensor `last` overlaps tensor `first`"),
                new Refusal(
                        "in the same place",
                        file().tensor("a", F32, 0, 1).tensor("b", F32, 0, 1).data(64),
                        "FILE: tensor `b` overlaps tensor `a`"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refuses(Refusal refusal) throws IOException {
        Path path = Files.write(folder.resolve("bad.gguf"), refusal.file().bytes());
        InputException refused = catchThrowableOfType(InputException.class, () -> GgufFile.open(path));
        assertThat(refused).isNotNull();
        assertThat(refused).hasMessage(refusal.message().replace("FILE", "`" + path + "`"));
        assertThat(refused.help().orElse("")).isEqualTo(refusal.help());
    }

    @Test
    void everyPrefixOfAFileIsRefused() throws IOException {
        byte[] bytes = file().pair("name", STRING, string("x"))
                .pair("list", ARRAY, join(int32(STRING), int64(2), string("a"), string("b")))
                .tensor("w", Q8_0, 0, 32, 2)
                .data(68)
                .bytes();
        Path path = folder.resolve("whole.gguf");
        Files.write(path, bytes);
        GgufFile.open(path).close();
        for (int length = 0; length < bytes.length; length++) {
            Files.write(path, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> GgufFile.open(path))
                    .as("the first %d bytes", length)
                    .isInstanceOf(InputException.class);
        }
    }

    @Test
    void readsVersion2AndGapsBetweenTensors() throws IOException {
        Path path = Files.write(
                folder.resolve("gaps.gguf"),
                file().version(2)
                        .tensor("b", F32, 96, 1)
                        .tensor("a", F32, 0, 2, 3)
                        .data(100)
                        .bytes());
        try (GgufFile file = GgufFile.open(path)) {
            assertThat(file.tensors()).extracting(GgufTensor::name).containsExactly("b", "a");
            assertThat(file.tensor("a").orElseThrow().matrix().rows()).isEqualTo(3);
            assertThat(file.tensor("c")).isEmpty();
            assertThat(file.size()).isEqualTo(Files.size(path));
        }
    }

    @Test
    void namesAFileThatIsNotThere() {
        Path path = folder.resolve("missing.gguf");
        assertThatThrownBy(() -> GgufFile.open(path))
                .isInstanceOf(InputException.class)
                .hasMessage("cannot read `%s`: no such file or folder", path);
    }

    @Test
    void refusesAFolder() {
        assertThatThrownBy(() -> GgufFile.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessage("`%s` is a folder, not a model file", folder);
    }
}
