"""The only room that talks to Git: commits, trees and blobs as plain values."""
