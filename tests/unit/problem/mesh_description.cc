// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/problem/mesh_description.h>

#include <deal.II/base/mpi.h>

#include <deal.II/distributed/shared_tria.h>
#include <deal.II/distributed/tria.h>
#include <deal.II/grid/grid_tools.h>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>

using namespace sobolev;
using dealii::Triangulation;

namespace
{
  using Ids = std::vector<dealii::types::boundary_id>;



  template <int dim>
  std::string
  message_for(const MeshDescription &description,
              const std::string     &directory = "")
  {
    try
      {
        Triangulation<dim> triangulation;
        create_mesh(triangulation, description, directory);
      }
    catch (const InputError &error)
      {
        return error.what();
      }
    return "";
  }



  template <int dim>
  void
  check_ids(const std::string &generator, const Ids &expected)
  {
    MeshDescription description;
    description.generator = generator;
    Triangulation<dim> triangulation;
    create_mesh(triangulation, description);
    BOOST_TEST(triangulation.get_boundary_ids() == expected,
               boost::test_tools::per_element());
  }



  bool
  has(const std::string &message, const std::string &part)
  {
    return message.find(part) != std::string::npos;
  }



  /** A folder of this process's own that is removed at the end. */
  struct Folder
  {
    Folder()
      : path(std::filesystem::temp_directory_path() /
             ("sobolev-mesh-" +
              std::to_string(
                dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD))))
    {
      std::filesystem::create_directories(path);
    }

    ~Folder()
    {
      std::filesystem::remove_all(path);
    }

    void
    write(const std::string &name, const std::string &content) const
    {
      std::ofstream(path / name) << content;
    }

    const std::filesystem::path path;
  };



  // Two unit squares side by side with material ids 5 and 6; the left edge has
  // the physical number 3 and the right one 4.
  const std::string two_squares = "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n"
                                  "$Nodes\n6\n"
                                  "1 0 0 0\n2 1 0 0\n3 2 0 0\n"
                                  "4 0 1 0\n5 1 1 0\n6 2 1 0\n"
                                  "$EndNodes\n$Elements\n4\n"
                                  "1 1 2 3 1 1 4\n"
                                  "2 1 2 4 1 3 6\n"
                                  "3 3 2 5 1 1 2 5 4\n"
                                  "4 3 2 6 1 2 3 6 5\n"
                                  "$EndElements\n";
} // namespace

BOOST_AUTO_TEST_SUITE(mesh_description)

BOOST_AUTO_TEST_CASE(usual_generators_work_and_set_the_documented_ids)
{
  check_ids<1>("hyper_cube", {0, 1});
  check_ids<2>("hyper_cube", {0, 1, 2, 3});
  check_ids<3>("hyper_cube", {0, 1, 2, 3, 4, 5});
  check_ids<2>("subdivided_hyper_cube", {0, 1, 2, 3});
  check_ids<2>("hyper_rectangle", {0, 1, 2, 3});
  check_ids<3>("subdivided_hyper_rectangle", {0, 1, 2, 3, 4, 5});
  check_ids<2>("hyper_L", {0, 1, 2, 3, 4, 5});
  check_ids<3>("hyper_L", {0});
  check_ids<2>("hyper_ball", {0});
  check_ids<3>("hyper_ball", {0});
  check_ids<2>("hyper_shell", {0, 1});
  check_ids<3>("hyper_shell", {0, 1});
  check_ids<2>("plate_with_a_hole", {0, 1, 2, 3, 4});
  check_ids<3>("plate_with_a_hole", {0, 1, 2, 3, 4, 5, 6});
}



BOOST_AUTO_TEST_CASE(the_plate_has_its_hole_and_its_edges_where_documented)
{
  MeshDescription description;
  description.generator = "plate_with_a_hole";
  Triangulation<2> triangulation;
  create_mesh(triangulation, description);

  for (const auto &face : triangulation.active_face_iterators())
    if (face->at_boundary())
      {
        const auto center = face->center();
        const auto id     = face->boundary_id();
        if (id == 4)
          BOOST_TEST(center.norm() < 0.26);
        else
          BOOST_TEST(center[id / 2] == (id % 2 == 0 ? -1. : 1.),
                     boost::test_tools::tolerance(1e-12));
      }
}



BOOST_AUTO_TEST_CASE(refinements_and_mapping_follow_the_boundary)
{
  MeshDescription description;
  description.generator      = "hyper_ball";
  description.refinements    = 3;
  description.mapping_degree = 3;
  Triangulation<2> triangulation;
  create_mesh(triangulation, description);
  const auto mapping = create_mapping<2>(description);

  BOOST_TEST(triangulation.n_active_cells() == 5 * 64);
  BOOST_TEST(dealii::GridTools::volume(triangulation, *mapping) == M_PI,
             boost::test_tools::tolerance(1e-6));
}



BOOST_AUTO_TEST_CASE(shared_and_distributed_meshes_equal_the_serial_one)
{
  MeshDescription description;
  description.generator   = "hyper_shell";
  description.refinements = 2;
  Triangulation<2>                                serial;
  dealii::parallel::shared::Triangulation<2>      shared(MPI_COMM_WORLD);
  dealii::parallel::distributed::Triangulation<2> distributed(MPI_COMM_WORLD);

  create_mesh(serial, description);
  create_mesh<2>(shared, description);
  create_mesh<2>(distributed, description);

  BOOST_TEST(shared.n_global_active_cells() == serial.n_active_cells());
  BOOST_TEST(distributed.n_global_active_cells() == serial.n_active_cells());
}



BOOST_AUTO_TEST_CASE(gmsh_files_bring_their_boundary_and_material_ids)
{
  const Folder folder;
  folder.write("mesh.msh", two_squares);
  MeshDescription description;
  description.file_name = "mesh.msh";
  Triangulation<2> triangulation;
  create_mesh(triangulation, description, folder.path.string());

  const Ids  expected = {0, 3, 4};
  const auto cell     = triangulation.begin_active();
  BOOST_TEST(triangulation.get_boundary_ids() == expected,
             boost::test_tools::per_element());
  BOOST_TEST(triangulation.n_active_cells() == 2);
  BOOST_TEST(cell->material_id() + std::next(cell)->material_id() == 11);

  dealii::parallel::distributed::Triangulation<2> distributed(MPI_COMM_WORLD);
  description.refinements = 1;
  create_mesh<2>(distributed, description, folder.path.string());
  BOOST_TEST(distributed.n_global_active_cells() == 8);
}



BOOST_AUTO_TEST_CASE(unknown_generators_are_errors_that_name_the_usual_ones)
{
  MeshDescription description;
  description.generator = "hyper_cub";
  description.arguments = "0 : 1 : true";
  const auto message    = message_for<2>(description);

  BOOST_TEST_CONTEXT(message)
  {
    BOOST_TEST(has(message, "Mesh/generator: 'hyper_cub'"));
    BOOST_TEST(has(message, "hyper_L, hyper_ball, hyper_cube"));
    BOOST_TEST(!has(message, "\n"));
  }
}



BOOST_AUTO_TEST_CASE(wrong_arguments_are_errors_that_show_the_right_ones)
{
  MeshDescription description;
  description.generator = "hyper_ball";
  for (const std::string arguments : {"0 : 1", "0,0,0 : 1 : true", "a"})
    {
      description.arguments = arguments;
      const auto message    = message_for<2>(description);
      BOOST_TEST_CONTEXT(message)
      {
        BOOST_TEST(has(message, "Mesh/arguments: '" + arguments + "'"));
        BOOST_TEST(has(message, "center : radius : attach manifold"));
        BOOST_TEST(has(message, "'0,0 : 1 : false'"));
      }
    }
}



BOOST_AUTO_TEST_CASE(unusable_files_are_errors_that_name_the_file)
{
  const Folder folder;
  folder.write("empty.msh", "");
  folder.write("garbage.msh", "This is no mesh.\n");
  folder.write("garbage.vtk", "This is no mesh.\n");
  folder.write("mesh.msh", two_squares);
  folder.write("mesh.abc", two_squares);
  folder.write("triangle.msh",
               "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$Nodes\n3\n"
               "1 0 0 0\n2 1 0 0\n3 0 1 0\n$EndNodes\n$Elements\n1\n"
               "1 2 2 5 1 1 2 3\n$EndElements\n");
  std::filesystem::create_directories(folder.path / "folder.msh");

  const std::string directory = folder.path.string();
  MeshDescription   description;
  for (const std::string name : {"missing.msh",
                                 "folder.msh",
                                 "empty.msh",
                                 "garbage.msh",
                                 "garbage.vtk",
                                 "mesh.abc",
                                 "triangle.msh"})
    {
      description.file_name = name;
      const auto message    = message_for<2>(description, directory);
      BOOST_TEST_CONTEXT(name << ": " << message)
      {
        BOOST_TEST(has(message, "Mesh/file name"));
        BOOST_TEST(has(message, name));
        BOOST_TEST(!has(message, "\n"));
      }
    }

  description.file_name      = "mesh.msh";
  const auto wrong_dimension = message_for<3>(description, directory);
  BOOST_TEST_CONTEXT(wrong_dimension)
  BOOST_TEST(has(wrong_dimension, "mesh.msh"));
}



BOOST_AUTO_TEST_CASE(a_mapping_of_degree_zero_is_an_error)
{
  MeshDescription description;
  description.mapping_degree = 0;
  BOOST_CHECK_THROW(create_mapping<2>(description), InputError);
}

BOOST_AUTO_TEST_SUITE_END()
