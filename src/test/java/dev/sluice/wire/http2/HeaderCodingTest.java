package dev.sluice.wire.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeaderCodingTest {
    @ParameterizedTest
    @ValueSource(ints = {4096, 0, 100, 1000, 1 << 20})
    void whatTheEncoderWritesTheDecoderReads(int tableSize) throws Exception {
        HeaderEncoder encoder = new HeaderEncoder();
        HeaderDecoder decoder = new HeaderDecoder();
        Random random = new Random(tableSize);
        encoder.peerTableSize(tableSize);
        for (int round = 0; round < 3000; round++) {
            HeaderMap headers = new HeaderMap();
            List<String> expected = new ArrayList<>();
            expected.add(":status: " + (200 + round % 300));
            for (int i = random.nextInt(12); i >= 0; i--) {
                String name = random.nextInt(3) == 0 ? "date" : "x-" + random.nextInt(40);
                String value = "v".repeat(random.nextInt(60)) + random.nextInt(5) + (char) ('!' + random.nextInt(94));
                if (!headers.contains(name)) {
                    headers.put(new HttpString(name), value);
                    expected.add(name + ": " + value);
                }
            }
            ByteBuffer block = ByteBuffer.allocate(HeaderEncoder.room(headers));

            encoder.begin(block);
            encoder.status(block, 200 + round % 300);
            encoder.fields(block, headers, true);
            List<String> read = new ArrayList<>();
            decoder.decode(block.flip(), field -> read.add(field.name + ": " + field.value));

            assertEquals(
                    expected.stream().sorted().toList(), read.stream().sorted().toList());
        }
    }

    /** RFC 7541 appendix C.4: Huffman coded requests one after the other. */
    @Test
    void theRequestsOfTheStandardAreRead() throws Exception {
        HeaderDecoder decoder = new HeaderDecoder();

        assertEquals(
                "[:method: GET, :scheme: http, :path: /, :authority: www.example.com]",
                read(decoder, "828684418cf1e3c2e5f23a6ba0ab90f4ff"));
        assertEquals(
                "[:method: GET, :scheme: http, :path: /, :authority: www.example.com, cache-control: no-cache]",
                read(decoder, "828684be5886a8eb10649cbf"));
        assertEquals(
                "[:method: GET, :scheme: https, :path: /index.html, :authority: www.example.com, custom-key: custom-value]",
                read(decoder, "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf"));
    }

    private static String read(HeaderDecoder decoder, String hex) throws Http2Exception {
        List<String> fields = new ArrayList<>();
        decoder.decode(
                ByteBuffer.wrap(HexFormat.of().parseHex(hex)), field -> fields.add(field.name + ": " + field.value));
        return fields.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "be",
                "ff",
                "ffffffffff7f",
                "3fe21f",
                "8220",
                "4001",
                "400161",
                "40016105",
                "0081ff00",
                "008500000000ff"
            })
    void whatIsNoHeaderBlockEndsTheConnection(String hex) {
        Http2Exception failure = assertThrows(Http2Exception.class, () -> read(new HeaderDecoder(), hex));

        assertEquals(Http2Error.COMPRESSION_ERROR, failure.code());
    }
}
