// A second opinion on Plein's proofs, by code that nobody of Plein wrote: the note and the log of Go's checksum
// database. It reads what docs/ledger.md says and nothing else of Plein.
//
//	second_opinion KEY export FILE      every line, every checkpoint, and a proof of each kind made by Go
//	second_opinion KEY inclusion FILE   a proof that a line is in the log
//	second_opinion KEY consistency FILE a proof that the log only grew
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if len(os.Args) != 4 {
		fail(errors.New("usage: second_opinion KEY export|inclusion|consistency FILE"))
	}
	verifier, err := note.NewVerifier(os.Args[1])
	if err != nil {
		fail(err)
	}
	judge := map[string]func(note.Verifier, string) error{
		"export": export, "inclusion": inclusion, "consistency": consistency,
	}[os.Args[2]]
	if judge == nil {
		fail(fmt.Errorf("%q is nothing that can be judged", os.Args[2]))
	}
	if err := judge(verifier, os.Args[3]); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "second opinion:", err)
	os.Exit(1)
}

// checkpoint opens a signed note and reads how large the log was and its root.
func checkpoint(verifier note.Verifier, text []byte) (tlog.Tree, error) {
	opened, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("a checkpoint of %q", lines[0])
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// export builds the tree anew with Go's own code.
func export(verifier note.Verifier, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for place, index := range indexes {
			hashes[place] = stored[index]
		}
		return hashes, nil
	})
	var size int64
	var leaves []tlog.Hash
	var trees []tlog.Tree
	rows := bufio.NewScanner(file)
	rows.Buffer(nil, 8<<20)
	for rows.Scan() {
		fields := strings.Split(rows.Text(), " ")
		switch fields[0] {
		case "line":
			envelope, leaf, err := line(fields)
			if err != nil {
				return err
			}
			hash := tlog.RecordHash(envelope)
			if !bytes.Equal(hash[:], leaf) {
				return fmt.Errorf("line %d: another leaf hash", size)
			}
			more, err := tlog.StoredHashes(size, envelope, reader)
			if err != nil {
				return err
			}
			stored = append(stored, more...)
			leaves = append(leaves, hash)
			size++
		case "checkpoint":
			text, err := base64.StdEncoding.DecodeString(fields[1])
			if err != nil {
				return err
			}
			tree, err := checkpoint(verifier, text)
			if err != nil {
				return err
			}
			root, err := tlog.TreeHash(size, reader)
			if err != nil {
				return err
			}
			if tree.N != size || tree.Hash != root {
				return fmt.Errorf("the checkpoint over %d lines has another root than Go's tree of %d", tree.N, size)
			}
			trees = append(trees, tree)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if len(trees) == 0 {
		return errors.New("no checkpoint to judge by")
	}
	last := trees[len(trees)-1]
	for index := int64(0); index < last.N; index++ {
		proof, err := tlog.ProveRecord(last.N, index, reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, last.N, last.Hash, index, leaves[index]); err != nil {
			return fmt.Errorf("line %d: %w", index, err)
		}
	}
	for _, tree := range trees {
		proof, err := tlog.ProveTree(last.N, tree.N, reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(proof, last.N, last.Hash, tree.N, tree.Hash); err != nil {
			return fmt.Errorf("growth from %d lines: %w", tree.N, err)
		}
	}
	fmt.Printf("%d lines, %d checkpoints\n", size, len(trees))
	return nil
}

// line writes the canonical bytes of an envelope, as docs/ledger.md says.
func line(fields []string) (envelope, leaf []byte, err error) {
	if len(fields) != 9 {
		return nil, nil, fmt.Errorf("a line of %d fields", len(fields))
	}
	sequence, err := strconv.ParseUint(fields[1], 10, 64)
	if err != nil {
		return nil, nil, err
	}
	at, err := strconv.ParseInt(fields[2], 10, 64)
	if err != nil {
		return nil, nil, err
	}
	var ids [2][]byte
	for place := range ids {
		if ids[place], err = hex.DecodeString(fields[3+place]); err != nil {
			return nil, nil, err
		}
	}
	commitment, err := hex.DecodeString(fields[7])
	if err != nil {
		return nil, nil, err
	}
	if leaf, err = hex.DecodeString(fields[8]); err != nil {
		return nil, nil, err
	}
	var bytes bytes.Buffer
	bytes.WriteString("plein/ledger-line/1\n")
	for _, part := range []interface{}{sequence, at, ids[0], ids[1]} {
		binary.Write(&bytes, binary.BigEndian, part)
	}
	for _, code := range fields[5:7] {
		binary.Write(&bytes, binary.BigEndian, uint32(len(code)))
		bytes.WriteString(code)
	}
	bytes.Write(commitment)
	return bytes.Bytes(), leaf, nil
}

// parts cuts a proof into the lines above its first blank line and the notes below.
func parts(path, magic string) (above []string, below []byte, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, err
	}
	if !bytes.HasPrefix(text, []byte(magic)) {
		return nil, nil, errors.New("another kind of proof")
	}
	text = text[len(magic):]
	if bytes.HasPrefix(text, []byte("\n")) {
		return nil, text[1:], nil
	}
	head, tail, found := bytes.Cut(text, []byte("\n\n"))
	if !found {
		return nil, nil, errors.New("no blank line")
	}
	return strings.Split(string(head), "\n"), tail, nil
}

func hashes(lines []string) ([]tlog.Hash, error) {
	var all []tlog.Hash
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		all = append(all, hash)
	}
	return all, nil
}

func inclusion(verifier note.Verifier, path string) error {
	above, below, err := parts(path, "c2sp.org/tlog-proof@v1\n")
	if err != nil {
		return err
	}
	if len(above) < 2 || !strings.HasPrefix(above[0], "extra ") || !strings.HasPrefix(above[1], "index ") {
		return errors.New("no line, or no place of it")
	}
	envelope, err := base64.StdEncoding.DecodeString(above[0][len("extra "):])
	if err != nil {
		return err
	}
	index, err := strconv.ParseInt(above[1][len("index "):], 10, 64)
	if err != nil {
		return err
	}
	proof, err := hashes(above[2:])
	if err != nil {
		return err
	}
	tree, err := checkpoint(verifier, below)
	if err != nil {
		return err
	}
	if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(envelope)); err != nil {
		return err
	}
	fmt.Printf("line %d of %d\n", index, tree.N)
	return nil
}

func consistency(verifier note.Verifier, path string) error {
	above, below, err := parts(path, "plein ledger consistency proof 1\n")
	if err != nil {
		return err
	}
	proof, err := hashes(above)
	if err != nil {
		return err
	}
	// Each note is a text, a blank line and its signature; a blank line stands between the two.
	notes := strings.SplitN(string(below), "\n\n", 4)
	if len(notes) != 4 {
		return errors.New("not two checkpoints")
	}
	first, err := checkpoint(verifier, []byte(notes[0]+"\n\n"+notes[1]+"\n"))
	if err != nil {
		return err
	}
	second, err := checkpoint(verifier, []byte(notes[2]+"\n\n"+notes[3]))
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(proof, second.N, second.Hash, first.N, first.Hash); err != nil {
		return err
	}
	fmt.Printf("from %d to %d lines\n", first.N, second.N)
	return nil
}
