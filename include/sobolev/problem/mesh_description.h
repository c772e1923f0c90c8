// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_problem_mesh_description_h
#define sobolev_problem_mesh_description_h

#include <deal.II/fe/mapping.h>
#include <deal.II/grid/tria.h>

#include <memory>
#include <string>

namespace sobolev
{
  /**
   * Where a mesh comes from: one of deal.II's generators, or a file.
   *
   * Usual generators and their arguments, separated by ` : `
   * (a point has its coordinates separated by commas):
   *
   * | `generator`                | `arguments`                           |
   * | -------------------------- | ------------------------------------- |
   * | hyper_cube                 | left, right, colorize                 |
   * | subdivided_hyper_cube      | repetitions, left, right, colorize    |
   * | hyper_rectangle            | corner, opposite corner, colorize     |
   * | subdivided_hyper_rectangle | repetitions per direction, corner, opposite corner, colorize |
   * | hyper_L                    | left, right, colorize                 |
   * | hyper_ball                 | center, radius, attach manifold       |
   * | hyper_shell                | center, inner radius, outer radius, number of cells (0: automatic), colorize |
   * | plate_with_a_hole          | hole radius, outer radius, pad bottom, pad top, pad left, pad right, center, two manifold ids, height, slices, colorize |
   *
   * The pads of plate_with_a_hole are the distances from the circle with the
   * outer radius to the edges of the plate. If colorize is true, the boundary
   * ids are as follows, else all are 0:
   *
   * | `generator`               | boundary ids                               |
   * | ------------------------- | ------------------------------------------ |
   * | cubes and rectangles      | 0, 1 left, right; 2, 3 in y; 4, 5 in z     |
   * | hyper_L                   | 0 to 5, one per edge; in 2D only           |
   * | hyper_shell               | 0 inside, 1 outside                        |
   * | plate_with_a_hole         | 0, 1 left, right; 2, 3 in y; 4 hole; 5, 6 in z |
   */
  struct MeshDescription
  {
    /** A function of dealii::GridGenerator; not used if there is a file. */
    std::string generator = "hyper_cube";

    /**
     * All arguments of the generator but the mesh, separated by colons, the
     * coordinates of a point by commas. Empty for an example's arguments, a
     * domain of unit size with colorize, if the generator is a usual one.
     */
    std::string arguments;

    /**
     * A mesh file; a relative name is relative to the parameter file. The
     * format follows from the extension: msh (Gmsh, physical numbers become
     * boundary and material ids), vtk, vtu, unv, inp (UCD), xda or dat
     * (Tecplot). Empty to use the generator.
     */
    std::string file_name;

    /** Global refinements of the generated or read mesh. */
    unsigned int refinements = 0;

    /** Polynomial degree of the mapping; boundaries with manifolds need > 1. */
    unsigned int mapping_degree = 1;
  };



  /**
   * Fill the empty @p triangulation, which may be serial, shared or
   * distributed. Collective on parallel meshes.
   *
   * @param directory Folder of the parameter file, "" for the current one.
   *
   * @throws InputError with a sentence that names the entry of the section
   * Mesh, its value and what is allowed: unknown generators, wrong arguments,
   * files that are missing, not readable or of another dimension, cells that
   * are not quadrilaterals or hexahedra, or that are inverted.
   */
  template <int dim>
  void create_mesh(dealii::Triangulation<dim> &triangulation,
                   const MeshDescription      &description,
                   const std::string          &directory = "");

  /**
   * The mapping of the given degree.
   *
   * @throws InputError if the degree is 0.
   */
  template <int dim>
  std::unique_ptr<dealii::Mapping<dim>>
  create_mapping(const MeshDescription &description);
} // namespace sobolev

#endif
